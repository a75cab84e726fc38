using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wego.Sandbox.Json;

/// <summary>Writes JSON as YAML.</summary>
internal static class YamlWriter
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~" };

    public static string Write(JsonElement root)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(Convert(root))).Save(writer, assignAnchors: false);
        var text = writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        const string end = "...\n";
        return text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
    }

    private static YamlNode Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(element.EnumerateObject().SelectMany(p => new[] { Text(p.Name), Convert(p.Value) })),
        JsonValueKind.Array => new YamlSequenceNode(element.EnumerateArray().Select(Convert)),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(element.GetRawText()),
    };

    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : text.Length == 0 || Keywords.Contains(text) || double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _) ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any,
    };
}
