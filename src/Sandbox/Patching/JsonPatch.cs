using System.Globalization;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Patching;

/// <summary>JSON Patch, RFC 6902, with pointers as of RFC 6901.</summary>
internal static class JsonPatch
{
    private const int OperationLimit = 10_000;

    /// <exception cref="ApiException">400: the patch is malformed; 422: it does not fit the object.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray patch)
    {
        if (patch.Count > OperationLimit)
        {
            throw new ApiException(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {OperationLimit}, got {patch.Count}");
        }

        JsonNode? root = target;
        foreach (var entry in patch)
        {
            var path = Pointer(entry.Text("path") ?? throw ApiErrors.BadRequest("a JSON patch operation lacks its path"));
            switch (entry.Text("op"))
            {
                case "add":
                    Add(ref root, path, Value(entry));
                    break;
                case "replace":
                    Find(root, path);
                    Remove(ref root, path);
                    Add(ref root, path, Value(entry));
                    break;
                case "remove":
                    Remove(ref root, path);
                    break;
                case "move":
                    var from = Pointer(entry.Text("from") ?? "");
                    var moved = Find(root, from)?.DeepClone();
                    Remove(ref root, from);
                    Add(ref root, path, moved);
                    break;
                case "copy":
                    Add(ref root, path, Find(root, Pointer(entry.Text("from") ?? ""))?.DeepClone());
                    break;
                case "test":
                    if (!JsonNode.DeepEquals(Find(root, path), Value(entry)))
                    {
                        throw Refused($"testing value {entry.Text("path")} failed");
                    }

                    break;
                case var other:
                    throw ApiErrors.BadRequest($"unknown JSON patch operation \"{other}\"; use add, remove, replace, move, copy or test");
            }
        }

        return root as JsonObject ?? throw Refused("the result is no object");
    }

    private static JsonNode? Value(JsonNode? entry) =>
        entry is JsonObject o && o.ContainsKey("value") ? o["value"]?.DeepClone() : throw ApiErrors.BadRequest($"the JSON patch operation at {entry.Text("path")} lacks its value");

    private static string[] Pointer(string text) => text.Length == 0
        ? []
        : text[0] == '/'
            ? [.. text[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw ApiErrors.BadRequest($"\"{text}\" is no JSON pointer: it must begin with a slash");

    private static JsonNode? Find(JsonNode? root, ReadOnlySpan<string> path)
    {
        var current = root;
        foreach (var part in path)
        {
            current = current switch
            {
                JsonObject o when o.ContainsKey(part) => o[part],
                JsonArray a => a[Index(a, part, a.Count - 1)],
                _ => throw Missing(part),
            };
        }

        return current;
    }

    private static void Add(ref JsonNode? root, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            root = value;
            return;
        }

        switch (Find(root, path[..^1]))
        {
            case JsonObject o:
                o[path[^1]] = value;
                break;
            case JsonArray a:
                a.Insert(path[^1] is "-" ? a.Count : Index(a, path[^1], a.Count), value);
                break;
            default:
                throw Missing(path[^1]);
        }
    }

    private static void Remove(ref JsonNode? root, ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
        {
            root = null;
            return;
        }

        switch (Find(root, path[..^1]))
        {
            case JsonObject o when o.Remove(path[^1]):
                break;
            case JsonArray a:
                a.RemoveAt(Index(a, path[^1], a.Count - 1));
                break;
            default:
                throw Missing(path[^1]);
        }
    }

    private static int Index(JsonArray array, string text, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= highest && (text.Length == 1 || text[0] != '0')
            ? index
            : throw Refused($"index \"{text}\" is outside of an array of {array.Count}");

    private static ApiException Missing(string part) => Refused($"the object has no \"{part}\" there");

    private static ApiException Refused(string why) => new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}", []);
}
