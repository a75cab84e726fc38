using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Wego.Plugins.Carvel;

/// <summary>Writes values as YAML, with the members of each mapping in the order of their names.</summary>
internal static class ValuesYaml
{
    // What readers of YAML 1.1 would not take for text.
    private static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~" };

    public static string Write(JsonObject values)
    {
        if (values.Count == 0)
        {
            return "{}\n";
        }

        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(Convert(values))).Save(writer, assignAnchors: false);
        var text = writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        const string End = "...\n";
        return text.EndsWith(End, StringComparison.Ordinal) ? text[..^End.Length] : text;
    }

    private static YamlNode Convert(JsonNode? node) => node switch
    {
        null => new YamlScalarNode("null"),
        JsonObject { Count: 0 } => new YamlMappingNode { Style = MappingStyle.Flow },
        JsonObject members => new YamlMappingNode(members.OrderBy(m => m.Key, StringComparer.Ordinal).SelectMany(m => new[] { Text(m.Key), Convert(m.Value) })),
        JsonArray { Count: 0 } => new YamlSequenceNode { Style = SequenceStyle.Flow },
        JsonArray items => new YamlSequenceNode(items.Select(Convert)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : text.Length == 0 || s_keywords.Contains(text) || double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _) ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any,
    };
}
