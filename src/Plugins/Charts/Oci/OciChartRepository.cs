using System.Collections.Immutable;
using System.Text;

namespace Wego.Plugins.Charts;

/// <summary>The charts below a path of a registry: each repository there is a chart, each tag that is a version a version of it.</summary>
internal sealed class OciChartRepository(ChartHttp http, OciChartLoader loader, OciReference root, ImmutableArray<string> names, ChartConnection connection) : IChartRepository
{
    private readonly OciRegistryClient _client = new(http, connection, root.Registry);

    public async Task<ChartSnapshot> RefreshAsync(ChartSnapshot? last, CancellationToken cancellationToken)
    {
        await _client.PingAsync(cancellationToken);
        var problems = new OciProblems(http.Options.Index.MaxProblems);
        var found = await new OciChartLister(http, _client, root).ListAsync(names, cancellationToken);
        var charts = await ForEachAsync(found, problems, ReadTagsAsync, cancellationToken);
        var listed = charts.OfType<OciChart>().Where(c => c.Tags.Length > 0).ToArray();
        var revision = new ChartRevision(Digest(listed));
        // What was left out last time is tried again, even where no tag has changed.
        if (last is { Skipped: 0 } && last.Revision.Digest == revision.Digest && problems.Count == 0)
        {
            return last with { Revision = revision };
        }

        var strings = new StringPool();
        var read = await ForEachAsync(listed, problems, (chart, token) => DescribeAsync(chart, last?.Catalogue.Find(chart.Name), token), cancellationToken);
        var packages = read.OfType<OciChartDescription>().Select(d => d.Known ?? d.ToPackage(strings)).Where(p => !p.Deprecated);
        return new ChartSnapshot(Catalogue.Create(packages), revision, problems.Count, problems.First);
    }

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await _client.PingAsync(cancellationToken);
        var found = await new OciChartLister(http, _client, root).ListAsync(names, cancellationToken);
        if (found.Count == 0)
        {
            throw new ChartException(ChartFailure.NotFound, $"{root} lists no repositories. Name the charts that are wanted.");
        }

        foreach (var chart in names.IsDefaultOrEmpty ? [] : found)
        {
            var tagged = await ReadTagsAsync(chart, cancellationToken);
            if (tagged?.Tags is not [var newest, ..])
            {
                throw new ChartException(ChartFailure.NotFound, $"{chart.Reference} has no tag that is a version of a chart.");
            }

            _ = await _client.GetChartManifestAsync(chart.Reference with { Tag = newest }, cancellationToken)
                ?? throw new ChartException(ChartFailure.MalformedArchive, $"{chart.Reference with { Tag = newest }} is no Helm chart.");
        }
    }

    public async Task<PackageContent> LoadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken) =>
        await ChartArchiveReader.ReadAsync(await DownloadAsync(chart, version, cancellationToken), expected: null, http.Options.Archive, cancellationToken);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken)
    {
        var reference = version.Urls.IsDefaultOrEmpty
            ? root.Child(chart) with { Tag = OciTag.FromVersion(version.Version) }
            : OciReference.Parse(ChartUrl.Parse(version.Urls[0], "oci"));
        return loader.DownloadAsync(_client, reference, version.Digest, cancellationToken);
    }

    private async Task<OciChart?> ReadTagsAsync(OciChart chart, CancellationToken cancellationToken)
    {
        var versions = new List<(string Tag, SemanticVersion Version)>();
        await foreach (var tag in _client.ListTagsAsync(chart.Reference.Path, cancellationToken))
        {
            if (SemanticVersion.TryParse(OciTag.ToVersion(tag), out var version))
            {
                versions.Add((tag, version));
            }
        }

        var newestFirst = versions.OrderByDescending(v => v.Version).ThenBy(v => v.Tag, StringComparer.Ordinal).Select(v => v.Tag);
        return chart with { Tags = [.. newestFirst] };
    }

    private async Task<OciChartDescription?> DescribeAsync(OciChart chart, CataloguePackage? known, CancellationToken cancellationToken)
    {
        if (known is not null && known.Versions.Select(v => v.Version).SequenceEqual(chart.Tags.Select(OciTag.ToVersion), StringComparer.Ordinal))
        {
            return new OciChartDescription(chart, known);
        }

        var newest = chart.Reference with { Tag = chart.Tags[0] };
        if (await _client.GetChartManifestAsync(newest, cancellationToken) is not { } manifest)
        {
            return null;
        }

        var config = await _client.GetBlobAsync(chart.Reference.Path, manifest.Config, http.Options.OciMaxAnswerBytes, cancellationToken);
        return new OciChartDescription(chart, ChartContentReader.ReadMetadata(config), manifest);
    }

    private async Task<TResult?[]> ForEachAsync<TResult>(
        IReadOnlyList<OciChart> charts,
        OciProblems problems,
        Func<OciChart, CancellationToken, Task<TResult?>> work,
        CancellationToken cancellationToken)
        where TResult : class
    {
        var results = new TResult?[charts.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = http.Options.OciParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, charts.Count, options, async (i, token) =>
        {
            try
            {
                results[i] = await work(charts[i], token);
            }
            catch (ChartException e) when (ConcernsOneChart(e.Failure))
            {
                problems.Add(charts[i].Name, e.Message);
            }
        });
        return results;
    }

    // Anything else (unreachable, throttled, failing) concerns the registry: a shorter catalogue would be wrong.
    private static bool ConcernsOneChart(ChartFailure failure) => failure is
        ChartFailure.Unauthorized or ChartFailure.Forbidden or ChartFailure.NotFound or ChartFailure.MalformedArchive
        or ChartFailure.UnexpectedAnswer or ChartFailure.DigestMismatch or ChartFailure.TooLarge;

    private static ContentDigest Digest(IEnumerable<OciChart> charts)
    {
        var text = new StringBuilder();
        foreach (var chart in charts.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            text.Append(chart.Name).Append('\0').AppendJoin('\0', chart.Tags).Append('\n');
        }

        return ContentDigest.Compute(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
