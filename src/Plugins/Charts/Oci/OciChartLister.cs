using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Finds the repositories below a path of a registry.</summary>
internal sealed class OciChartLister(ChartHttp http, OciRegistryClient client, OciReference root)
{
    /// <summary>
    /// The repositories: those that were named; else what an index of charts names (<see cref="OciChartIndex"/>); else, on Docker Hub,
    /// what its API lists; else what the registry's catalogue lists below the path, or, where only administrators may read that, what
    /// Harbor lists of the project; else the path itself.
    /// </summary>
    public async Task<IReadOnlyList<OciChart>> ListAsync(ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        if (!names.IsDefaultOrEmpty)
        {
            return [.. names.Distinct(StringComparer.Ordinal).Select(n => new OciChart(n, root.Child(n), []))];
        }

        if (await ListIndexedAsync(cancellationToken) is { Count: > 0 } indexed)
        {
            return indexed;
        }

        ChartException? denied = null;
        try
        {
            if (await BelowRootAsync(OciRegistry.IsDockerHub(root.Registry)
                ? client.ListDockerHubRepositoriesAsync(root.Path, ["helm"], cancellationToken)
                : client.ListRepositoriesAsync(cancellationToken)) is { Count: > 0 } listed)
            {
                return listed;
            }
        }
        catch (ChartException e) when (e.IsDenied)
        {
            denied = e;
        }

        if (denied is not null && await ListHarborAsync(cancellationToken) is { Count: > 0 } project)
        {
            return project;
        }

        if (root.Path.Length > 0 && await IsRepositoryAsync(cancellationToken))
        {
            return [new OciChart(root.Path[(root.Path.LastIndexOf('/') + 1)..], root, [])];
        }

        return denied is null
            ? []
            : throw new ChartException(denied.Failure, $"The registry does not list its repositories ({denied.Message.TrimEnd('.')}). Name the charts, or give the URL of one chart.", denied) { HttpStatus = denied.HttpStatus };
    }

    private async Task<List<OciChart>> ListIndexedAsync(CancellationToken cancellationToken)
    {
        var index = root.Child(OciChartIndex.Repository) with { Tag = OciChartIndex.Tag };
        ReadOnlyMemory<byte>? content;
        try
        {
            content = await client.GetChartIndexAsync(index, cancellationToken);
        }
        catch (ChartException e) when (e.IsDenied)
        {
            // Most registries have none; some do not tell that from what they do not allow.
            return [];
        }

        return content is null ? [] : Limited([.. OciChartIndex.Parse(content.Value, index.ToString()).Select(c => new OciChart(c.Name, root.Child(c.Name), []) { Facts = c.Versions })]);
    }

    private List<OciChart> Limited(List<OciChart> charts) => charts.Count <= http.Options.OciMaxCharts
        ? charts
        : throw new ChartException(ChartFailure.TooLarge, $"{root} has more than {http.Options.OciMaxCharts} repositories. Name the charts that are wanted.");

    private async Task<List<OciChart>> ListHarborAsync(CancellationToken cancellationToken)
    {
        if (root.Path.Length == 0)
        {
            return [];
        }

        try
        {
            return await BelowRootAsync(client.ListHarborRepositoriesAsync(root.Path.Split('/')[0], cancellationToken));
        }
        catch (ChartException e) when (e.IsDenied)
        {
            // Not Harbor, or not for us.
            return [];
        }
    }

    private async Task<List<OciChart>> BelowRootAsync(IAsyncEnumerable<string> paths)
    {
        var prefix = root.Path.Length == 0 ? "" : root.Path + "/";
        var charts = new List<OciChart>();
        await foreach (var path in paths)
        {
            if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.Length == prefix.Length)
            {
                continue;
            }

            if (charts.Count == http.Options.OciMaxCharts)
            {
                throw new ChartException(ChartFailure.TooLarge, $"{root} has more than {http.Options.OciMaxCharts} repositories. Name the charts that are wanted.");
            }

            charts.Add(new OciChart(path[prefix.Length..], root.Child(path[prefix.Length..]), []));
        }

        return charts;
    }

    private async Task<bool> IsRepositoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in client.ListTagsAsync(root.Path, cancellationToken))
            {
                return true;
            }

            return false;
        }
        catch (ChartException e) when (e.Failure is ChartFailure.Unauthorized or ChartFailure.Forbidden or ChartFailure.NotFound)
        {
            return false;
        }
    }
}
