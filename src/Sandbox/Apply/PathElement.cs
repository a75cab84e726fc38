using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Apply;

/// <summary>One step of a field path.</summary>
internal static class PathElement
{
    public static string Field(string name) => "f:" + name;

    public static string Value(JsonNode? value) => "v:" + JsonText.Canonical(value);

    /// <summary>The element of a list item: the values of its keys, in alphabetical order. Null where the item has none of them.</summary>
    public static string? Key(FieldSchema list, JsonNode? item)
    {
        var keys = new JsonObject();
        foreach (var key in list.Keys.Order(StringComparer.Ordinal))
        {
            if ((item as JsonObject)?[key] is { } value)
            {
                keys[key] = value.DeepClone();
            }
            else if (list.DefaultKey(key) is { } standard)
            {
                keys[key] = standard.DeepClone();
            }
        }

        return keys.Count == 0 ? null : "k:" + JsonText.Canonical(keys);
    }

    /// <summary>The step as error messages show it.</summary>
    public static string Describe(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "k:" => $"[{string.Join(',', JsonNode.Parse(element[2..])!.AsObject().Select(k => $"{k.Key}={JsonText.Canonical(k.Value)}"))}]",
        _ => $"[={element[2..]}]",
    };
}
