using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Wego.Plugins.Charts;

/// <summary>One document of a manifest: its text as it is, and what it says.</summary>
/// <param name="Text">The text, without the marker before it.</param>
/// <param name="Content">The content; null where the document is empty.</param>
public sealed record ManifestDocument(string Text, JsonNode? Content)
{
    private const string Separator = "---";

    /// <summary>The documents of a manifest.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the manifest is not YAML.</exception>
    public static IEnumerable<ManifestDocument> Split(string manifest)
    {
        var (start, line) = (0, 0);
        while (line <= manifest.Length)
        {
            var end = manifest.IndexOf('\n', line);
            end = end < 0 ? manifest.Length : end + 1;
            // No scalar can have such a line: it ends the document in any case.
            if (manifest.AsSpan(line, end - line).TrimEnd() is Separator || line == manifest.Length)
            {
                if (line > start)
                {
                    yield return Parse(manifest[start..line]);
                }

                start = end;
            }

            line = line == manifest.Length ? end + 1 : end;
        }
    }

    private static ManifestDocument Parse(string text)
    {
        try
        {
            return new ManifestDocument(text, YamlJson.ReadDocuments(text).FirstOrDefault());
        }
        catch (YamlException e)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition, $"A document of the Helm manifest is not YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
    }
}
