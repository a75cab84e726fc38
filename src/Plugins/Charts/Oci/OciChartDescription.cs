namespace Wego.Plugins.Charts;

/// <summary>What is known of a chart in a registry: read anew, or from the last refresh where its tags are the same.</summary>
internal sealed class OciChartDescription
{
    private readonly OciChart _chart;
    private readonly ChartEntry? _metadata;
    private readonly OciChartManifest? _manifest;

    public OciChartDescription(OciChart chart, CataloguePackage known) => (_chart, Known) = (chart, known);

    public OciChartDescription(OciChart chart, ChartEntry metadata, OciChartManifest manifest) => (_chart, _metadata, _manifest) = (chart, metadata, manifest);

    /// <summary>The package of the last refresh, or null.</summary>
    public CataloguePackage? Known { get; }

    /// <summary>The package as it was read.</summary>
    public CataloguePackage ToPackage(StringPool strings)
    {
        // Only the newest version was read. The others are described by their tags; reading them all would use up the rate limit of a registry.
        var assembler = new ChartAssembler(strings);
        for (var i = 0; i < _chart.Tags.Length; i++)
        {
            var entry = assembler.Next;
            entry.Clear();
            if (i == 0 && _metadata is not null)
            {
                entry.CopyFrom(_metadata);
                entry.Digest = _manifest?.Chart.Digest;
                entry.Created = _manifest?.Created;
            }

            entry.Version = OciTag.ToVersion(_chart.Tags[i]);
            if (i > 0 && _chart.Facts.TryGetValue(entry.Version, out var facts))
            {
                (entry.AppVersion, entry.Created) = (facts.AppVersion, facts.Created);
            }

            entry.Urls.Clear();
            entry.Urls.Add((_chart.Reference with { Tag = _chart.Tags[i] }).ToString());
            assembler.Add();
        }

        return assembler.Build(_chart.Name);
    }
}
