using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Sandbox.Json;

/// <summary>Access to mutable JSON trees that treats a missing part, a null and a part of another type alike.</summary>
internal static class JsonObjectExtensions
{
    public static JsonObject? Object(this JsonNode? node, string name) => node is JsonObject o && o.TryGetPropertyValue(name, out var value) ? value as JsonObject : null;

    public static JsonArray? Array(this JsonNode? node, string name) => node is JsonObject o && o.TryGetPropertyValue(name, out var value) ? value as JsonArray : null;

    public static string? Text(this JsonNode? node, string name) => node is JsonObject o && o.TryGetPropertyValue(name, out var value) ? value.AsText() : null;

    public static bool Flag(this JsonNode? node, string name) =>
        node is JsonObject o && o.TryGetPropertyValue(name, out var value) && value is JsonValue v && v.GetValueKind() == JsonValueKind.True;

    public static long? Integer(this JsonNode? node, string name) =>
        node is JsonObject o && o.TryGetPropertyValue(name, out var value) && value is JsonValue v && v.GetValueKind() == JsonValueKind.Number
        && long.TryParse(v.ToJsonString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The string value, or null where the node is no string.</summary>
    public static string? AsText(this JsonNode? node) => node is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : null;

    /// <summary>The strings of an array of strings; anything else in it is left out.</summary>
    public static IEnumerable<string> Strings(this JsonNode? node, string name)
    {
        foreach (var item in node.Array(name) ?? [])
        {
            if (item.AsText() is { } text)
            {
                yield return text;
            }
        }
    }

    /// <summary>The object under the name, created (or replacing a value of another type) where it is missing.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node.Object(name) is { } existing)
        {
            return existing;
        }

        var created = new JsonObject();
        node[name] = created;
        return created;
    }

    /// <summary>Sets the property where it is missing or null.</summary>
    public static void Default(this JsonObject node, string name, JsonNode? value)
    {
        if (node[name] is null)
        {
            node[name] = value;
        }
    }

    public static JsonObject Metadata(this JsonObject node) => node.Ensure("metadata");

    public static JsonObject Copy(this JsonObject node) => node.DeepClone().AsObject();

    public static JsonArray ToJsonArray(this IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);
}
