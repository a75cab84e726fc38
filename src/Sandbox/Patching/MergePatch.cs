using System.Text.Json.Nodes;

namespace Wego.Sandbox.Patching;

/// <summary>JSON Merge Patch, RFC 7396.</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
                continue;
            }

            var present = result[name];
            var merged = Apply(present, value);
            if (!ReferenceEquals(present, merged))
            {
                result[name] = merged;
            }
        }

        return result;
    }
}
