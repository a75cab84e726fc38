using System.Globalization;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>The manifest of a chart: where its metadata and its archive are.</summary>
/// <param name="Config">The metadata: a Chart.yaml as JSON.</param>
/// <param name="Chart">The archive.</param>
/// <param name="Created">When it was pushed, or null.</param>
internal sealed record OciChartManifest(OciDescriptor Config, OciDescriptor Chart, DateTimeOffset? Created)
{
    /// <summary>Reads a manifest; null where it is one of something else than a chart.</summary>
    /// <exception cref="ChartException">It is no manifest.</exception>
    public static OciChartManifest? Parse(ReadOnlyMemory<byte> content, OciReference reference)
    {
        using var document = OciJson.Parse(content, reference.ToString());
        var root = document.RootElement;
        if (!root.TryGetObject("config", out var config) || !root.TryGetArray("layers", out var layers))
        {
            return null;
        }

        if (config.Text("mediaType") != OciMediaTypes.HelmConfig)
        {
            return null;
        }

        var chart = layers.EnumerateArray().FirstOrDefault(l => l.Text("mediaType") is OciMediaTypes.ChartLayer or OciMediaTypes.LegacyChartLayer);
        if (chart.ValueKind == JsonValueKind.Undefined)
        {
            throw new ChartException(ChartFailure.MalformedArchive, $"{reference} has the configuration of a Helm chart but no layer with the chart.");
        }

        var created = root.TryGetObject("annotations", out var annotations) ? annotations.Text("org.opencontainers.image.created") : "";
        return new OciChartManifest(
            Descriptor(config, reference),
            Descriptor(chart, reference),
            DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);
    }

    private static OciDescriptor Descriptor(JsonElement element, OciReference reference) =>
        ContentDigest.TryParse(element.Text("digest"), out var digest)
            ? new OciDescriptor(element.Text("mediaType"), digest, element.TryGetProperty("size", out var size) && size.TryGetInt64(out var bytes) ? bytes : 0)
            : throw new ChartException(ChartFailure.UnexpectedAnswer, $"The manifest of {reference} has a descriptor without a SHA-256 digest.");
}
