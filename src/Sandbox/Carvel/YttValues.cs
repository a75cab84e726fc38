using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Sandbox.Carvel;

/// <summary>The data values of a ytt template: what a package declares, and what is given over it.</summary>
internal sealed class YttValues(JsonObject declared)
{
    private readonly JsonObject _values = declared;

    /// <summary>Puts values over those that are there.</summary>
    /// <param name="given">The values.</param>
    /// <param name="source">Where they come from, for the message.</param>
    /// <exception cref="CarvelException">A value is not declared, or of another type.</exception>
    public void Add(JsonObject given, string source) => Merge(_values, given, source, path: "");

    /// <summary>The value at a path of names joined by dots.</summary>
    /// <exception cref="CarvelException">There is none.</exception>
    public JsonNode? Find(string path, string file)
    {
        JsonNode? node = _values;
        foreach (var name in path.Split('.'))
        {
            if (node is not JsonObject parent || !parent.TryGetPropertyValue(name, out node))
            {
                throw new CarvelException($"ytt: Error: - struct has no .{name} field or method, in {file}", isOutput: true);
            }
        }

        return node;
    }

    private static void Merge(JsonObject under, JsonObject over, string source, string path)
    {
        foreach (var (key, value) in over)
        {
            var full = path.Length == 0 ? key : $"{path}.{key}";
            if (!under.TryGetPropertyValue(key, out var present))
            {
                throw Invalid(source, $"the key '{full}'", under.Count == 0 ? "no key here" : "one of the keys " + string.Join(", ", under.Select(u => $"'{u.Key}'")));
            }

            if (present is JsonObject inner && value is JsonObject values)
            {
                Merge(inner, values, source, full);
            }
            else if (present is not null && TypeOf(present) != TypeOf(value))
            {
                throw Invalid(source, $"{TypeOf(value)} at '{full}'", TypeOf(present));
            }
            else
            {
                under[key] = value?.DeepClone();
            }
        }
    }

    private static CarvelException Invalid(string source, string found, string expected) =>
        new($"ytt: Error: One or more data values were invalid\n{source}: found: {found}, expected: {expected}", isOutput: true);

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "map",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => node.ToJsonString().Contains('.', StringComparison.Ordinal) ? "float" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
