using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wego.Chart.Tests;

/// <summary>YAML as JSON, by the rules by which Kubernetes reads manifests.</summary>
internal static class Manifests
{
    /// <summary>All objects of a text; empty documents are skipped.</summary>
    public static IReadOnlyList<JsonObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(d => Convert(d.RootNode)).OfType<JsonObject>()];
    }

    /// <summary>The only object of this kind and, where given, name.</summary>
    public static JsonObject One(this IEnumerable<JsonObject> objects, string kind, string? name = null) =>
        objects.Single(o => o.Kind() == kind && (name is null || o.Name() == name));

    public static string Kind(this JsonObject obj) => obj["kind"]!.GetValue<string>();

    public static string Name(this JsonObject obj) => obj["metadata"]!["name"]!.GetValue<string>();

    public static string? Namespace(this JsonObject obj) => obj["metadata"]!["namespace"]?.GetValue<string>();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Convert(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode { Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode scalar when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"{node.NodeType} at line {node.Start.Line} has no counterpart in JSON."),
    };
}
