using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wego.Plugins.Charts;

/// <summary>
/// Turns YAML into JSON as Helm and kubectl do: plain scalars become null, booleans and numbers, anchors and merge keys are
/// resolved, mapping keys are taken as text. JSON is YAML and is read the same way.
/// </summary>
public static class YamlJson
{
    /// <summary>The most levels of nesting; below what JSON readers accept, since values are embedded in a larger object.</summary>
    public const int MaxDepth = 48;

    /// <summary>The most nodes after aliases were expanded: an alias bomb ends here.</summary>
    public const int MaxNodes = 500_000;

    /// <summary>Reads every document; a document without content is null.</summary>
    /// <exception cref="YamlException">The text is not YAML, or exceeds a limit; the message says where.</exception>
    public static IEnumerable<JsonNode?> ReadDocuments(string text)
    {
        var parser = new GuardedParser(new Parser(new Scanner(new StringReader(text), skipComments: true)));
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            var document = new YamlJsonComposer(parser, MaxDepth, MaxNodes).Compose();
            parser.Consume<DocumentEnd>();
            yield return document;
        }
    }
}
