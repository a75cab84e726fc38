using System.Diagnostics;
using System.Text.Json.Nodes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Sandbox;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>
/// What a tenant that asks a little pays for one that asks all the time: 64 calls at a time from the one, ten a second from the other,
/// for lists that memory answers and for questions that go to the API server.
/// </summary>
internal static class NoisyNeighbour
{
    private const int AtATime = 64, PerSecond = 10, Packages = 200;
    private const string Noisy = "noisy";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Result> RunAsync(MeasuredServer server, TimeSpan duration)
    {
        await using var unlimited = await MeasuredServer.StartAsync("--Wego:Tenants:RunningRequests=1000", "--Wego:Tenants:MaxRequests=1000");
        foreach (var one in (MeasuredServer[])[server, unlimited])
        {
            Fill(one);
        }

        (string What, string MustReach, Func<MeasuredServer, string, string, Task> Call, Func<double, double, bool> IsReached)[] kinds =
        [
            // Its own turn, and the reads of the other that are let in: Wego:Tenants:RunningRequests.
            ($"list of {Packages} installed packages", "at most 9 times", ListAsync, (alone, beside) => beside <= 9 * alone),
            // Two turns at Wego:Kubernetes:Qps.
            ("question to the API server", "at most 40 ms more", AskAsync, (alone, beside) => beside <= alone + 40),
        ];
        foreach (var (what, mustReach, call, isReached) in kinds)
        {
            await QuietAsync(server, call, WarmUp);
            var alone = await QuietAsync(server, call, duration);
            var beside = await BesideAsync(server, call, duration);
            var without = await BesideAsync(unlimited, call, duration);
            var (p50, p50Beside) = (alone.Percentile(0.5), beside.Percentile(0.5));
            yield return new Result($"{what}, {PerSecond}/s, alone", alone.ToString());
            yield return new Result("… beside another tenant with 64 calls at a time", beside.ToString());
            yield return new Result("… the same, its reads not limited", without.ToString());
            yield return new Result("… p50 beside it, times that alone; not limited", FormattableString.Invariant($"{p50Beside / p50:F1}; {without.Percentile(0.5) / p50:F1}"), mustReach, isReached(p50, p50Beside));
        }
    }

    private static async Task<Latencies> BesideAsync(MeasuredServer server, Func<MeasuredServer, string, string, Task> call, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource();
        var noise = Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                await call(server, Noisy, SandboxTokens.Admin);
            }
        }).ToArray();
        await QuietAsync(server, call, WarmUp / 2);
        var latencies = await QuietAsync(server, call, duration);
        await stop.CancelAsync();
        await Task.WhenAll(noise);
        return latencies;
    }

    private static async Task<Latencies> QuietAsync(MeasuredServer server, Func<MeasuredServer, string, string, Task> call, TimeSpan duration)
    {
        var latencies = new Latencies();
        await OpenLoop.RunAsync(PerSecond, duration, async _ =>
        {
            var start = Stopwatch.GetTimestamp();
            await call(server, MeasuredServer.Namespace, SandboxTokens.TeamA);
            latencies.AddSince(start);
        });
        return latencies;
    }

    private static void Fill(MeasuredServer server)
    {
        server.Cluster.Store.Create(new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = Noisy } });
        foreach (var ns in (string[])[Noisy, MeasuredServer.Namespace])
        {
            for (var i = 0; i < Packages; i++)
            {
                FluxObjects.CreateRelease(server.Cluster.Store, ns, $"neighbour-{i}", "absent", "absent");
            }
        }
    }

    private static Task ListAsync(MeasuredServer server, string ns, string token) =>
        server.CallAsync<GetInstalledPackageSummariesResponse>(Wire.GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest { Context = Wire.In(ns) }, token);

    private static Task AskAsync(MeasuredServer server, string ns, string token) =>
        server.CallAsync<CheckNamespaceExistsResponse>(Wire.CheckNamespaceExists, new CheckNamespaceExistsRequest { Context = Wire.In(ns) }, token);
}
