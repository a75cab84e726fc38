using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>A Secret that Wego is to make for a repository. Its text form shows the type alone.</summary>
internal sealed record SecretContent(string Type, ImmutableSortedDictionary<string, string> Data)
{
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

    /// <summary>The object to create, with a name that the API server makes up.</summary>
    /// <param name="repository">The repository it is for.</param>
    /// <param name="owner">The repository's object where it exists already, to become its owner.</param>
    public JsonObject ToManifest(RepositoryRef repository, KubernetesObject? owner)
    {
        var data = new JsonObject();
        foreach (var (key, value) in Data)
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        }

        var metadata = new JsonObject
        {
            ["generateName"] = $"{repository.Name}-",
            ["namespace"] = repository.Namespace,
            ["annotations"] = new JsonObject { [RepositorySecret.ManagedByAnnotation] = RepositorySecret.ManagedByFlux },
        };
        if (owner is not null)
        {
            metadata["ownerReferences"] = OwnerReferences(owner);
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["type"] = Type, ["data"] = data };
    }

    /// <summary>The reference that lets Kubernetes collect the Secret once the repository is gone.</summary>
    public static JsonArray OwnerReferences(KubernetesObject owner) =>
    [
        new JsonObject
        {
            ["apiVersion"] = owner.ApiVersion,
            ["kind"] = FluxKinds.HelmRepositoryKind,
            ["name"] = owner.Name,
            ["uid"] = owner.Uid,
            ["controller"] = true,
        },
    ];

    public override string ToString() => $"SecretContent {{ Type = {Type} }}";
}
