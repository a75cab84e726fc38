using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace Wego.Plugins.Secrets;

/// <summary>What a Secret that Wego is to make for a repository holds. Its text form shows the type alone.</summary>
/// <param name="Type">The Secret's type.</param>
/// <param name="Data">Its keys and values, as text.</param>
public sealed record SecretContent(string Type, ImmutableSortedDictionary<string, string> Data)
{
    /// <summary>The content with those keys that have a value; null where none has.</summary>
    public static SecretContent? Of(params ReadOnlySpan<(string Key, string? Value)> entries)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                data[key] = value;
            }
        }

        return data.Count == 0 ? null
            : new SecretContent(data.ContainsKey(SecretKeys.DockerConfigJson) ? SecretKeys.DockerConfigJsonType : SecretKeys.OpaqueType, data.ToImmutable());
    }

    /// <summary>The object to create.</summary>
    internal JsonObject ToManifest(string ns, SecretName name, SecretOwnership ownership)
    {
        var metadata = new JsonObject
        {
            [name.IsPrefix ? "generateName" : "name"] = name.Text,
            ["namespace"] = ns,
            ["annotations"] = new JsonObject { [SecretOwnership.ManagedByAnnotation] = ownership.Manager },
        };
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["type"] = Type, ["data"] = Encode() };
    }

    /// <summary>The values as a Secret has them.</summary>
    internal JsonObject Encode() => new(Data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(d.Value)))));

    /// <inheritdoc/>
    public override string ToString() => $"SecretContent {{ Type = {Type} }}";
}
