using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>Reads the JSON of registries, whose fields may be missing or of another kind than promised.</summary>
internal static class OciJson
{
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, string what)
    {
        try
        {
            var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new ChartException(ChartFailure.UnexpectedAnswer, $"The answer about {what} is not the JSON that an OCI registry sends.");
    }

    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    public static bool TryGetObject(this JsonElement element, string name, out JsonElement value) => TryGet(element, name, JsonValueKind.Object, out value);

    public static bool TryGetArray(this JsonElement element, string name, out JsonElement value) => TryGet(element, name, JsonValueKind.Array, out value);

    /// <summary>The texts of an array; empty where there is none.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.TryGetArray(name, out var array)
            ? array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)
            : [];

    private static bool TryGet(JsonElement element, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
