using System.Diagnostics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Perf.Formats;

namespace Wego.Perf.Cluster.Benchmarks;

/// <summary>
/// Whether the directory becomes a hot key: all reads of a format meet in one activation. What a call takes of the processor at the
/// silo that holds it, and at the frontends, through one frontend and through three at once.
/// </summary>
internal static class DirectoryReads
{
    private const int Releases = 1000, Namespaces = 10, Frontends = 3, InFlight = 12, Rounds = 5;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2), WarmUp = TimeSpan.FromSeconds(6);

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        await using var indexes = await IndexRepositories.StartAsync();
        if ((OrleansBuilds.ClusterMissing ?? Catalogues.Missing(indexes)) is { } missing)
        {
            yield return Result.Skipped("reads that meet in one directory", missing);
            yield break;
        }

        await using var cluster = await SiloCluster.StartAsync();
        await ReleaseSecrets.FillAsync(cluster.Http, Releases, Namespaces);
        var holder = await cluster.StartProcessAsync("wego-1");
        await Catalogues.LoadAsync(cluster, holder, indexes!);
        var frontends = await Task.WhenAll(Enumerable.Range(1, Frontends).Select(i => cluster.StartProcessAsync($"frontend-{i}", "--Wego:Roles=frontend")));

        var pages = Catalogues.Pages();
        var page = new Workload("catalogue page of 20", (wego, i) => wego.CallAsync<GetAvailablePackageSummariesResponse>(Wire.GetAvailablePackageSummaries, pages[i % pages.Length]));
        var list = new Workload($"list of {Releases} installed packages", (wego, _) =>
            wego.CallAsync<GetInstalledPackageSummariesResponse>(Wire.GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest { Context = Wire.In("") }));
        foreach (var workload in (Workload[])[page, list])
        {
            var (one, three) = (new Cost(), new Cost());
            await MeasureAsync(workload, holder, frontends, WarmUp, new Cost());
            for (var round = 0; round < Rounds; round++)
            {
                await MeasureAsync(workload, holder, frontends[..1], Round, one);
                await MeasureAsync(workload, holder, frontends, Round, three);
            }

            yield return new Result($"{workload.Name}, {InFlight} at a time, through one frontend", one.ToString());
            yield return new Result($"… through {Frontends} at once", three.ToString());
            yield return new Result(
                "… beside one frontend: calls per second; processor time at the silo per call", FormattableString.Invariant($"{three.PerSecond / one.PerSecond:F2}; {three.AtSilo / one.AtSilo:F2}"));
            yield return new Result("… frontends that one processor at the silo serves, each with a processor of its own", FormattableString.Invariant($"{three.AtFrontends / three.AtSilo:F1}"));
        }
    }

    private static async Task MeasureAsync(Workload workload, WegoProcess holder, WegoProcess[] frontends, TimeSpan duration, Cost cost)
    {
        var (silo, front, start, calls) = (holder.ProcessorTime, Sum(frontends), Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async caller =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                await workload.CallAsync(frontends[caller % frontends.Length], Interlocked.Increment(ref calls));
            }
        }));
        cost.Calls += calls;
        cost.Elapsed += Stopwatch.GetElapsedTime(start);
        cost.Silo += holder.ProcessorTime - silo;
        cost.Front += Sum(frontends) - front;
    }

    private static TimeSpan Sum(WegoProcess[] processes) => processes.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.ProcessorTime);

    private sealed record Workload(string Name, Func<WegoProcess, int, Task> CallAsync);

    private sealed class Cost
    {
        public int Calls { get; set; }

        public TimeSpan Elapsed { get; set; }

        public TimeSpan Silo { get; set; }

        public TimeSpan Front { get; set; }

        public double PerSecond => Calls / Elapsed.TotalSeconds;

        public double AtSilo => Silo.TotalMilliseconds / Calls;

        public double AtFrontends => Front.TotalMilliseconds / Calls;

        public override string ToString() =>
            FormattableString.Invariant($"{PerSecond:F0} calls/s; processor time per call {AtSilo:F2} ms at the silo that holds the grains, {AtFrontends:F2} ms at the frontends");
    }
}
