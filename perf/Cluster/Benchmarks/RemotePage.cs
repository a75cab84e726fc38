using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Perf.Formats;

namespace Wego.Perf.Cluster.Benchmarks;

/// <summary>
/// A page of the catalogue from the process that holds every grain it takes, and through two that hold none: another silo, and a
/// frontend that is none. One connection each, by turns.
/// </summary>
internal static class RemotePage
{
    private const string What = "page of 20 out of both indexes, text filter";
    private const string Loaded = "wego_catalogue_repositories";
    private const int WarmUp = 1500, Rounds = 30, PerRound = 96;
    private const double MostMore = 1;

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        await using var indexes = await IndexRepositories.StartAsync();
        if ((OrleansBuilds.ClusterMissing ?? Catalogues.Missing(indexes)) is { } missing)
        {
            yield return Result.Skipped(What, missing);
            yield break;
        }

        await using var cluster = await SiloCluster.StartAsync();
        var requests = Catalogues.Pages();

        // Alone until it has every grain; those who come later find them there.
        var holder = await cluster.StartProcessAsync("wego-1", "--Wego:Telemetry:PrometheusListen=api");
        await Catalogues.LoadAsync(cluster, holder, indexes!);

        var silo = await cluster.StartProcessAsync("wego-2", "--Wego:Telemetry:PrometheusListen=api");
        var frontend = await cluster.StartProcessAsync("frontend-1", "--Wego:Roles=frontend", "--Wego:Telemetry:PrometheusListen=api");

        WegoProcess[] processes = [holder, silo, frontend];
        foreach (var process in processes)
        {
            await MeasureAsync(process, requests, WarmUp, new Latencies());
        }

        var all = processes.Select(_ => new Latencies()).ToArray();
        var more = processes.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var medians = new double[processes.Length];
            for (var i = 0; i < processes.Length; i++)
            {
                medians[i] = await MeasureAsync(processes[i], requests, PerRound, all[i]);
            }

            for (var i = 0; i < processes.Length; i++)
            {
                more[i].Add(medians[i] - medians[0]);
            }
        }

        var held = await Task.WhenAll(processes.Select(p => p.ReadMetricAsync(Loaded)));
        yield return new Result("catalogues held, by metrics, by the three processes below", FormattableString.Invariant($"{held[0]}, {held[1]}, {held[2]}"), "2, 0, 0", held is [2, 0, 0]);
        yield return new Result($"{What}: the silo that holds the grains", all[0].ToString());
        yield return new Result($"{What}: another silo", all[1].ToString());
        yield return More("… more at p50, median of the rounds", more[1]);
        yield return new Result($"{What}: a frontend that is no silo", all[2].ToString());
        yield return More("… more at p50, median of the rounds", more[2]);
    }

    /// <returns>The median of these calls, in milliseconds.</returns>
    private static async Task<double> MeasureAsync(WegoProcess wego, GetAvailablePackageSummariesRequest[] requests, int calls, Latencies all)
    {
        var these = new Latencies();
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var response = await wego.CallAsync<GetAvailablePackageSummariesResponse>(Wire.GetAvailablePackageSummaries, requests[i % requests.Length]);
            var took = Stopwatch.GetElapsedTime(start);
            these.Add(took);
            all.Add(took);
            if (response.AvailablePackageSummaries.Count == 0)
            {
                throw new InvalidOperationException($"Nothing was found for '{requests[i % requests.Length].FilterOptions.Query}'");
            }
        }

        return these.Percentile(0.5);
    }

    private static Result More(string what, List<double> rounds)
    {
        var median = rounds.Order().ElementAt(rounds.Count / 2);
        return new Result(what, FormattableString.Invariant($"{median:F2} ms ({rounds.Min():F2} to {rounds.Max():F2})"), FormattableString.Invariant($"at most {MostMore} ms"), median <= MostMore);
    }
}
