using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Sandbox;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>A list of 1,000 installed packages in one answer, one call after the other.</summary>
internal static class InstalledList
{
    private const int Packages = 1000, Namespaces = 10;

    // As in the search: until the runtime has compiled for good what is used.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async IAsyncEnumerable<Result> RunAsync(MeasuredServer server, TimeSpan duration)
    {
        var charts = await server.LoadCataloguesAsync();
        for (var i = 0; i < Packages; i++)
        {
            var ns = $"installed-{i % Namespaces}";
            if (i < Namespaces)
            {
                server.Cluster.Store.Create(new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = ns } });
            }

            FluxObjects.CreateRelease(server.Cluster.Store, ns, $"package-{i}", charts.Count == 0 ? "absent" : charts[i % charts.Count], IndexRepositories.Names[0]);
        }

        GetInstalledPackageSummariesResponse response;
        do
        {
            response = await CallAsync(server);
        }
        while (response.InstalledPackageSummaries.Count(p => p.Name.StartsWith("package-", StringComparison.Ordinal)) < Packages);
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < WarmUp;)
        {
            await CallAsync(server);
        }

        GC.Collect();
        server.Cluster.Requests.Clear();
        var latencies = new Latencies();
        var (busy, paused, collections) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), GC.CollectionCount(0));
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < duration;)
        {
            var start = Stopwatch.GetTimestamp();
            await CallAsync(server);
            latencies.AddSince(start);
        }

        busy = Environment.CpuUsage.TotalTime - busy;
        paused = GC.GetTotalPauseDuration() - paused;
        collections = GC.CollectionCount(0) - collections;
        var calls = server.Cluster.Requests.All.Count;

        yield return new Result($"{Packages} installed packages, unpaged", latencies.ToString(), "at most 25 ms", latencies.Percentile(0.99) <= 25);
        yield return new Result("… calls to Kubernetes meanwhile", $"{calls}", "no list", server.Cluster.Requests.Count("list") == 0);
        yield return new Result(
            "… size, with what catalogues know, processor time per call with its client",
            FormattableString.Invariant($"{response.CalculateSize() / 1024} KiB, {response.InstalledPackageSummaries.Count(p => p.LatestVersion is not null)}, {busy.TotalMilliseconds / latencies.Count:F1} ms"));
        yield return new Result("… garbage collections meanwhile, pause on average", FormattableString.Invariant($"{collections}, {paused.TotalMilliseconds / Math.Max(1, collections):F1} ms"));
    }

    private static Task<GetInstalledPackageSummariesResponse> CallAsync(MeasuredServer server) =>
        server.CallAsync<GetInstalledPackageSummariesResponse>(Wire.GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest { Context = Wire.In("") }, SandboxTokens.Admin);
}
