using System.Text.Json.Nodes;

namespace Wego.Plugins.Helm;

/// <summary>Takes the contents out of Secrets; whether two differ can still be seen.</summary>
internal static class SecretRedaction
{
    private const string Redacted = "REDACTED";
    private static readonly string[] s_fields = ["data", "stringData"];

    /// <summary>Redacts a Secret.</summary>
    /// <param name="secret">The Secret.</param>
    /// <param name="other">The Secret that it is compared with, or null.</param>
    /// <param name="ifDifferent">What stands beside a value that the other one has, too, but different.</param>
    public static JsonObject Redact(JsonObject secret, JsonObject? other = null, string ifDifferent = "")
    {
        var redacted = secret.DeepClone().AsObject();
        foreach (var field in s_fields)
        {
            if (redacted[field] is not JsonObject data)
            {
                continue;
            }

            foreach (var key in data.Select(pair => pair.Key).ToArray())
            {
                var isSame = (other?[field] as JsonObject)?.TryGetPropertyValue(key, out var counterpart) != true || JsonNode.DeepEquals(data[key], counterpart);
                data[key] = isSame ? Redacted : $"{Redacted} {ifDifferent}";
            }
        }

        // A copy of what was applied last is a copy of the contents.
        (redacted["metadata"]?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        return redacted;
    }
}
