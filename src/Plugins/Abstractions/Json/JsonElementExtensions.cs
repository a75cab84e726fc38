using System.Text.Json;

namespace Wego.Plugins;

/// <summary>Reads JSON that may lack anything and have anything in its place.</summary>
public static class JsonElementExtensions
{
    /// <summary>The items of an array; none where it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The string of that name, or empty where it is missing or no string.</summary>
    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>The value of that name, or an undefined element.</summary>
    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The whole number of that name, or 0.</summary>
    public static long Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var value) ? value : 0;

    /// <summary>Whether the value of that name is true.</summary>
    public static bool IsTrue(this JsonElement element, string name) => element.Child(name).ValueKind == JsonValueKind.True;
}
