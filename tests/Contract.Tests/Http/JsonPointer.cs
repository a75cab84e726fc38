using System.Text.Json.Nodes;

namespace Wego.Contract.Tests.Http;

/// <summary>Reads JSON by JSON pointer (RFC 6901).</summary>
public static class JsonPointer
{
    /// <summary>The value, or null where there is none.</summary>
    public static JsonNode? At(this JsonNode? node, string pointer)
    {
        foreach (var segment in pointer.Split('/').Skip(1).Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            node = node switch
            {
                JsonObject map => map[segment],
                JsonArray list when int.TryParse(segment, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>A string that must be there.</summary>
    public static string Text(this JsonNode? node, string pointer) =>
        node.At(pointer) is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new ShouldAssertException($"There is no string at {pointer} of {node?.ToJsonString()}");

    /// <summary>The strings of an array that must be there.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node, string pointer) =>
        node.At(pointer) is JsonArray array
            ? [.. array.Select(item => item!.GetValue<string>())]
            : throw new ShouldAssertException($"There is no array at {pointer} of {node?.ToJsonString()}");

    /// <summary>Asserts that two values are equal as JSON, whatever the order of the keys.</summary>
    public static void ShouldBeJson(this JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue($"expected {expected}\nbut was {actual?.ToJsonString() ?? "absent"}");
}
