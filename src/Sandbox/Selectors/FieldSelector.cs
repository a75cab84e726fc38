using System.Text.Json;
using Wego.Kubernetes;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Selectors;

/// <summary>A field selector: a comma-separated list of <c>field=value</c> and <c>field!=value</c>.</summary>
internal sealed class FieldSelector
{
    private readonly List<(string[] Path, string Value, bool Equal)> _terms = [];

    public static FieldSelector Everything { get; } = new();

    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Parses a selector for a resource, which decides which fields can be selected.</summary>
    /// <exception cref="ApiException">400: the text is no selector or names a field the resource does not offer.</exception>
    public static FieldSelector Parse(string text, ResourceDefinition resource)
    {
        var selector = new FieldSelector();
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw ApiErrors.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            }

            var equal = term[at - 1] != '!';
            var field = (equal ? term[..at] : term[..(at - 1)]).Trim();
            if (field is not ("metadata.name" or "metadata.namespace") && !resource.SelectableFields.Contains(field))
            {
                throw ApiErrors.BadRequest(resource.IsCustom || resource.SelectableFields.Count > 0
                    ? $"field label not supported: {field}"
                    : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
            }

            selector._terms.Add((Path(field), term[(at + 1)..].TrimStart('=').Trim(), equal));
        }

        return selector;
    }

    public bool Matches(KubernetesObject content)
    {
        foreach (var (path, value, equal) in _terms)
        {
            var found = content.Find(path);
            var text = found.ValueKind switch
            {
                JsonValueKind.String => found.GetString(),
                JsonValueKind.Undefined or JsonValueKind.Null => "",
                _ => found.GetRawText(),
            };
            if (string.Equals(text, value, StringComparison.Ordinal) != equal)
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Path(string field) => field switch
    {
        "source" => ["source", "component"],
        "status.successful" => ["status", "succeeded"],
        _ => field.Split('.'),
    };
}
