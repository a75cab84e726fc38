using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>
/// Renders the few expressions of ytt that the sample packages use: <c>#@ data.values.x</c> behind a key, and
/// <c>(@= data.values.x @)</c> within a text. Whatever else a template holds is refused, so that nothing is rendered wrongly.
/// </summary>
internal sealed partial class YttTemplate
{
    private readonly SortedDictionary<string, string> _templates = new(StringComparer.Ordinal);

    /// <param name="files">The files, by path; those that are no YAML are passed over.</param>
    /// <exception cref="CarvelException">A file of values is no YAML.</exception>
    public YttTemplate(IEnumerable<KeyValuePair<string, string>> files)
    {
        var declared = new JsonObject();
        foreach (var (path, text) in files.Where(f => f.Key.EndsWith(".yml", StringComparison.Ordinal) || f.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            if (!ValuesHeader().IsMatch(text))
            {
                _templates[path] = text;
                continue;
            }

            foreach (var (key, value) in Parse(text, path).SelectMany(d => d))
            {
                declared[key] = value?.DeepClone();
            }
        }

        Values = new YttValues(declared);
    }

    /// <summary>The values, to which more can be added.</summary>
    public YttValues Values { get; }

    /// <summary>The objects of all templates.</summary>
    /// <exception cref="CarvelException">A template cannot be rendered.</exception>
    public List<JsonObject> Render() => [.. _templates.SelectMany(t => Parse(Render(t.Value, t.Key), t.Key))];

    /// <exception cref="CarvelException">The text is no YAML.</exception>
    public static List<JsonObject> Parse(string text, string path)
    {
        try
        {
            return [.. YamlDocuments.Parse(text)];
        }
        catch (FormatException e)
        {
            throw new CarvelException($"ytt: Error: Unmarshaling YAML template '{path}': {e.Message}", isOutput: true);
        }
    }

    private string Render(string template, string file)
    {
        var rendered = new StringBuilder();
        foreach (var line in template.Split('\n'))
        {
            if (Passed().IsMatch(line))
            {
                continue;
            }

            var text = Inline().Replace(line, m => Values.Find(m.Groups["path"].Value, file) is JsonValue value ? value.AsText() ?? value.ToJsonString() : "");
            text = Value().Replace(text, m => $"{m.Groups["key"].Value} {JsonText.Canonical(Values.Find(m.Groups["path"].Value, file))}");
            if (text.Contains("#@", StringComparison.Ordinal) || text.Contains("(@", StringComparison.Ordinal))
            {
                throw new CarvelException($"ytt: Error: {file}: the sandbox cannot render '{line.Trim()}'", isOutput: true);
            }

            rendered.Append(text).Append('\n');
        }

        return rendered.ToString();
    }

    [GeneratedRegex(@"^\s*#@data/values(-schema)?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValuesHeader();

    // Comments, the loading of the values, and the mark before a text with values in it.
    [GeneratedRegex(@"^\s*(#!.*|#@ load\(""@ytt:data"", ""data""\)\s*|#@yaml/text-templated-strings\s*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Passed();

    [GeneratedRegex(@"\(@=\s*data\.values\.(?<path>[\w.]+)\s*@\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<key>^\s*(- )?[\w./-]+:|^\s*-)\s*#@\s*data\.values\.(?<path>[\w.]+)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
