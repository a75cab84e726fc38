using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>
/// Renders the few template expressions that the sample charts use: paths below <c>.Values</c>, <c>.Release</c> and
/// <c>.Chart</c>, and <c>quote</c>. Whatever else a chart holds is refused, so that nothing is rendered wrongly.
/// </summary>
internal static partial class TemplateRenderer
{
    /// <exception cref="ChartException">The template holds something else.</exception>
    public static string Render(string template, JsonObject scope, string file) => Expression().Replace(template, match =>
    {
        var steps = match.Groups["expression"].Value.Split('|', StringSplitOptions.TrimEntries);
        var text = Value(steps[0], scope, file);
        foreach (var step in steps.Skip(1))
        {
            text = step == "quote" ? JsonText.Canonical(JsonValue.Create(text)) : throw new ChartException($"{file}: function \"{step}\" is not known to the sandbox");
        }

        return text;
    });

    private static string Value(string path, JsonObject scope, string file)
    {
        if (!PathForm().IsMatch(path))
        {
            throw new ChartException($"{file}: the sandbox cannot render '{{{{ {path} }}}}'");
        }

        JsonNode? node = scope;
        foreach (var name in path.TrimStart('.').Split('.'))
        {
            node = node is JsonObject parent && parent.TryGetPropertyValue(name, out var child) ? child : null;
        }

        return node switch
        {
            null => "",
            JsonValue value => value.AsText() ?? value.ToJsonString(),
            _ => throw new ChartException($"{file}: '{path}' is not a single value"),
        };
    }

    [GeneratedRegex(@"\{\{-?\s*(?<expression>.*?)\s*-?\}\}", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\.(?:Values|Release|Chart)(?:\.\w+)+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathForm();
}
