using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Testing.ApiServers;

namespace Wego.Perf.Formats.Benchmarks;

/// <summary>5,000 Helm releases in 100 namespaces on a real API server: the first list after the start, its memory, and the same list again.</summary>
internal static class ReleaseList
{
    private const int Releases = 5000, Namespaces = 100, Rounds = 5;

    private static readonly MethodDescriptor GetInstalledPackageSummaries =
        HelmReflection.Descriptor.Services.Single(s => s.Name == "HelmPackagesService").FindMethodByName("GetInstalledPackageSummaries");

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        if (ApiServerAssets.MissingReason() is { } missing)
        {
            yield return Result.Skipped($"{Releases} Helm releases", missing);
            yield break;
        }

        await using var cluster = await KubeApiServer.StartAsync(ApiServerAssets.Find(), CancellationToken.None);
        using var http = cluster.ConnectAdmin();
        var kubeconfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig.Render(cluster, cluster.Identities.Admin));
        var idle = await MeasureIdleAsync(kubeconfig, cluster.Identities.Admin.Token);
        await ReleaseSecrets.FillAsync(http, Releases, Namespaces);

        var (bare, fresh, first, starting, ready, memory, settled) = (new Latencies(), new Latencies(), new Latencies(), new Latencies(), new Latencies(), new List<long>(), new List<long>());
        long bytes = 0;
        var warm = new Latencies();
        double lists = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = await BareList.ReadAsync(http);
            bare.AddSince(start);
            fresh.Add(await BareList.TimeInNewProcessAsync(kubeconfig));

            await using (var impatient = await WegoProcess.StartAsync(PublishedWego.Executable, kubeconfig, cluster.Identities.Admin.Token))
            {
                start = Stopwatch.GetTimestamp();
                await impatient.CallAsync<GetInstalledPackageSummariesResponse>(GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest());
                starting.AddSince(start);
            }

            await using var wego = await WegoProcess.StartAsync(PublishedWego.Executable, kubeconfig, cluster.Identities.Admin.Token);
            start = Stopwatch.GetTimestamp();
            await wego.WaitUntilReadyAsync();
            ready.AddSince(start);
            start = Stopwatch.GetTimestamp();
            var response = await wego.CallAsync<GetInstalledPackageSummariesResponse>(GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest());
            first.AddSince(start);
            if (response.InstalledPackageSummaries.Count != Releases)
            {
                throw new InvalidOperationException($"{response.InstalledPackageSummaries.Count} releases were listed");
            }

            memory.Add(wego.ResidentBytes - idle);
            if (round == Rounds - 1)
            {
                var before = await CountListsAsync(http);
                for (var i = 0; i < 100; i++)
                {
                    start = Stopwatch.GetTimestamp();
                    await wego.CallAsync<GetInstalledPackageSummariesResponse>(GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest());
                    if (i >= 50)
                    {
                        warm.AddSince(start);
                    }
                }

                lists = await CountListsAsync(http) - before;
            }

            settled.Add(wego.ResidentBytes - idle);
        }

        File.Delete(kubeconfig);
        yield return new Result($"bare paged list of {Releases} secrets, {bytes / 1_000_000} MB", bare.ToString());
        yield return new Result("the same by a process that has just started", fresh.ToString());
        yield return new Result("from listening until ready", ready.ToString());
        yield return new Result("first list once ready", first.ToString());
        yield return Beside("… beside the bare list of a process that has just started, medians", first, fresh);
        yield return new Result("first list asked for as soon as it listens, before it is ready", starting.ToString());
        yield return Beside("… beside the bare list of a process that has just started, medians", starting, fresh, 1.5);
        yield return Beside("… beside the bare list of one that has run for a while, medians", starting, bare);
        yield return Megabytes("… resident memory above idle, right after", memory, 60);
        yield return Megabytes("… at the end of the round", settled, null);
        yield return new Result("the same list, warm", warm.ToString(), "at most 50 ms", warm.Percentile(0.99) <= 50);
        yield return new Result("… lists of secrets meanwhile", FormattableString.Invariant($"{lists}"), "0", lists == 0);
    }

    private static Result Beside(string what, Latencies measured, Latencies bare, double? most = null) => Result.Ratio(what, measured.Percentile(0.5), bare.Percentile(0.5), most);

    // Without releases: with them, the first lists begin as soon as the server has started.
    private static async Task<long> MeasureIdleAsync(string kubeconfig, string token)
    {
        await using var wego = await WegoProcess.StartAsync(PublishedWego.Executable, kubeconfig, token);
        return wego.ResidentBytes;
    }

    private static Result Megabytes(string what, List<long> values, int? most)
    {
        var median = values.Order().ElementAt(values.Count / 2) / 1e6;
        return new Result(what, FormattableString.Invariant($"{median:F0} MB (median of {values.Count}, most {values.Max() / 1e6:F0})"), most is null ? "" : $"at most {most} MB", most is null ? null : median <= most);
    }

    private static async Task<double> CountListsAsync(HttpClient http)
    {
        var metrics = await http.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(l => l.StartsWith("apiserver_request_total{", StringComparison.Ordinal) && l.Contains("resource=\"secrets\"", StringComparison.Ordinal) && l.Contains("verb=\"LIST\"", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
