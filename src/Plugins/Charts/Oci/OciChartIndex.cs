using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>
/// The artifact <c>charts-index</c> in which the VMware Application Catalog lists the charts of a registry: per chart its versions with
/// their app versions and times.
/// </summary>
internal static class OciChartIndex
{
    public const string Repository = "charts-index";
    public const string Tag = "latest";
    public const string ConfigType = "application/vnd.vmware.charts.index.config.v1+json";
    public const string LayerType = "application/vnd.vmware.charts.index.layer.v1+json";

    /// <summary>Reads the index.</summary>
    /// <exception cref="ChartException">It is none.</exception>
    public static IEnumerable<(string Name, ImmutableDictionary<string, OciTagFacts> Versions)> Parse(ReadOnlyMemory<byte> content, string what)
    {
        using var document = OciJson.Parse(content, what);
        if (!document.RootElement.TryGetObject("entries", out var entries))
        {
            throw new ChartException(ChartFailure.UnexpectedAnswer, $"The index {what} has no object \"entries\".");
        }

        return [.. entries.EnumerateObject().Where(e => e.Name.Length > 0).Select(e => (e.Name, Versions(e.Value)))];
    }

    private static ImmutableDictionary<string, OciTagFacts> Versions(JsonElement entry)
    {
        var facts = ImmutableDictionary.CreateBuilder<string, OciTagFacts>(StringComparer.Ordinal);
        foreach (var version in entry.TryGetArray("versions", out var versions) ? versions.EnumerateArray() : default)
        {
            if (version.Text("version") is { Length: > 0 } name)
            {
                facts[name] = new OciTagFacts(
                    version.Text("appVersion"),
                    DateTimeOffset.TryParse(version.Text("releasedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);
            }
        }

        return facts.ToImmutable();
    }
}
