using System.Text.Json.Nodes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Perf.Formats;

namespace Wego.Perf.Cluster.Benchmarks;

/// <summary>Both real indexes as repositories, and pages of what they offer.</summary>
internal static class Catalogues
{
    private const string Namespace = "team-a";

    private static readonly string[] s_texts = ["sql", "server", "exporter", "kube", "web", "data", "prometheus", "a"];

    /// <summary>Why there are none, or null.</summary>
    public static string? Missing(IndexRepositories? indexes) => indexes is null ? "the indexes are absent; WEGO_SHARED names the folder that has data/*.xz" : null;

    /// <summary>Pages of 20 with different texts, to be asked for by turns.</summary>
    public static GetAvailablePackageSummariesRequest[] Pages() => [.. s_texts.Select(t => Page(new FilterOptions { Query = t }))];

    /// <summary>Adds the repositories and returns once the process has loaded them.</summary>
    public static async Task LoadAsync(SiloCluster cluster, WegoProcess wego, IndexRepositories indexes)
    {
        await using var controllers = await cluster.StartControllersAsync();
        foreach (var name in IndexRepositories.Names)
        {
            await cluster.CreateAsync($"/apis/source.toolkit.fluxcd.io/v1/namespaces/{Namespace}/helmrepositories", new JsonObject
            {
                ["apiVersion"] = "source.toolkit.fluxcd.io/v1",
                ["kind"] = "HelmRepository",
                ["metadata"] = new JsonObject { ["name"] = name },
                ["spec"] = new JsonObject { ["url"] = indexes.Address(name).ToString(), ["interval"] = "1h" },
            });
            while (!await IsLoadedAsync(wego, name))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private static GetAvailablePackageSummariesRequest Page(FilterOptions filter) => new()
    {
        Context = Wire.In(Namespace),
        FilterOptions = filter,
        PaginationOptions = new PaginationOptions { PageSize = 20 },
    };

    private static async Task<bool> IsLoadedAsync(WegoProcess wego, string repository)
    {
        try
        {
            var page = await wego.CallAsync<GetAvailablePackageSummariesResponse>(Wire.GetAvailablePackageSummaries, Page(new FilterOptions { Repositories = { repository } }));
            return page.AvailablePackageSummaries.Count > 0;
        }
        catch (Rpc.RpcException e) when (e.Code == Rpc.RpcStatusCode.Unavailable)
        {
            return false;
        }
    }
}
