using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>A chart rendered with values: what is to be installed.</summary>
internal sealed class Release
{
    private Release(Chart chart, JsonObject values, string manifest, string notes) =>
        (Chart, Values, Manifest, Notes) = (chart, values, manifest, notes);

    public Chart Chart { get; }

    /// <summary>The values the user gave.</summary>
    public JsonObject Values { get; }

    /// <summary>All documents, as Helm stores them.</summary>
    public string Manifest { get; }

    public string Notes { get; }

    /// <summary>Changes with whatever would change in the cluster.</summary>
    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Chart.Version}\n{Manifest}")));

    /// <summary>The objects, in order.</summary>
    public IEnumerable<JsonObject> Objects() => YamlDocuments.Parse(Manifest);

    /// <exception cref="ChartException">The chart cannot be rendered.</exception>
    public static Release Render(Chart chart, string name, string ns, JsonObject values)
    {
        var defaults = chart.Files.TryGetValue("values.yaml", out var text) ? YamlDocuments.Parse(text).FirstOrDefault() : null;
        var scope = new JsonObject
        {
            [nameof(Values)] = Merge(defaults ?? [], values),
            [nameof(Release)] = new JsonObject { ["Name"] = name, ["Namespace"] = ns, ["Service"] = "Helm" },
            [nameof(Chart)] = new JsonObject { ["Name"] = chart.Name, ["Version"] = chart.Version, ["AppVersion"] = chart.AppVersion },
        };
        var manifest = new StringBuilder();
        foreach (var (path, template) in chart.Files.Where(f => f.Key.StartsWith("templates/", StringComparison.Ordinal) && f.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            foreach (var document in TemplateRenderer.Render(template, scope, path).Split("\n---\n"))
            {
                manifest.Append("---\n# Source: ").Append(chart.Name).Append('/').Append(path).Append('\n').Append(document.TrimEnd()).Append('\n');
            }
        }

        var notes = chart.Files.TryGetValue("templates/NOTES.txt", out var source) ? TemplateRenderer.Render(source, scope, "templates/NOTES.txt") : "";
        return new Release(chart, values, manifest.ToString(), notes);
    }

    private static JsonObject Merge(JsonObject under, JsonObject over)
    {
        var merged = under.Copy();
        foreach (var (key, value) in over)
        {
            merged[key] = value is JsonObject object1 && merged[key] is JsonObject object2 ? Merge(object2, object1) : value?.DeepClone();
        }

        return merged;
    }
}
