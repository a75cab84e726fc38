using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Sandbox;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>Pages of 20 out of both real indexes, with a text filter, at a steady rate.</summary>
internal static class CatalogueSearch
{
    private const string What = "page of 20 out of both indexes, text filter, 500 requests/s";
    private const int PerSecond = 500;

    // The runtime compiles what is used often again, in steps; at this rate that takes a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private static readonly string[] Texts = ["sql", "server", "exporter", "kube", "web", "data", "prometheus", "a"];

    public static async IAsyncEnumerable<Result> RunAsync(MeasuredServer server, TimeSpan duration)
    {
        if ((await server.LoadCataloguesAsync()).Count == 0)
        {
            yield return Result.Skipped(What, "the indexes are absent; WEGO_SHARED names the folder that has data/*.xz");
            yield break;
        }

        var requests = Texts.Select(t => new GetAvailablePackageSummariesRequest
        {
            Context = Wire.In(MeasuredServer.Namespace),
            FilterOptions = new FilterOptions { Query = t },
            PaginationOptions = new PaginationOptions { PageSize = 20 },
        }).ToArray();
        var found = 0;
        foreach (var request in requests)
        {
            found += (await CallAsync(server, request)).AvailablePackageSummaries.Count;
        }

        await OpenLoop.RunAsync(PerSecond, WarmUp, i => CallAsync(server, requests[i % requests.Length]));
        await HealthChecks.MeasureAsync(server, PerSecond, WarmUp / 3);
        var health = await HealthChecks.MeasureAsync(server, PerSecond, duration / 2);
        GC.Collect();
        server.Cluster.Requests.Clear();
        var latencies = new Latencies();
        var busy = Environment.CpuUsage.TotalTime;
        var late = await OpenLoop.RunAsync(PerSecond, duration, async i =>
        {
            var start = Stopwatch.GetTimestamp();
            await CallAsync(server, requests[i % requests.Length]);
            latencies.AddSince(start);
        });
        busy = Environment.CpuUsage.TotalTime - busy;
        var calls = server.Cluster.Requests.All.Count;

        yield return new Result(What, latencies.ToString(), "p99 at most 5 ms", latencies.Percentile(0.99) <= 5);
        yield return new Result("… calls to Kubernetes meanwhile", $"{calls}", "0", calls == 0);
        yield return new Result("… packages per page, processor time per call with its client", FormattableString.Invariant($"{(double)found / requests.Length:F1}, {busy.TotalMicroseconds / latencies.Count:F0} us"));
        yield return new Result("… health checks at the same rate, for comparison", FormattableString.Invariant($"{health.Latencies}, {health.ProcessorPerCall.TotalMicroseconds:F0} us each"));
        yield return new Result("… how late the load began calls", late.ToString());
    }

    private static Task<GetAvailablePackageSummariesResponse> CallAsync(MeasuredServer server, GetAvailablePackageSummariesRequest request) =>
        server.CallAsync<GetAvailablePackageSummariesResponse>(Wire.GetAvailablePackageSummaries, request, SandboxTokens.TeamA);
}
