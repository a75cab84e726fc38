using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Perf.Api;
using Wego.Perf.Formats;

namespace Wego.Perf.Cluster.Benchmarks;

/// <summary>What three silos hold resident beside what one holds, with 10,000 Helm releases, once each has answered the list of all of them.</summary>
internal static class ThreeSilosMemory
{
    private const int Releases = 10_000, Namespaces = 100, Rounds = 3, Silos = 3;
    private const double Most = 2;

    public static async IAsyncEnumerable<Result> RunAsync()
    {
        if (OrleansBuilds.ClusterMissing is { } missing)
        {
            yield return Result.Skipped($"{Silos} silos, {Releases} installed packages", missing);
            yield break;
        }

        await using var cluster = await SiloCluster.StartAsync();
        var idle = await MeasureAsync(cluster, "idle", silos: 1, releases: 0);
        await ReleaseSecrets.FillAsync(cluster.Http, Releases, Namespaces);
        var (one, three) = (new List<ResidentMemory>(), new List<ResidentMemory>());
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await MeasureAsync(cluster, $"one-{round}", silos: 1, Releases));
            three.Add(await MeasureAsync(cluster, $"three-{round}", Silos, Releases));
        }

        yield return new Result("resident memory of one silo without packages", Describe([idle]));
        yield return new Result($"… of one silo, {Releases} installed packages", Describe(one));
        yield return new Result($"… of {Silos} silos together", Describe(three));
        yield return Result.Ratio("… beside that of one", Median(three, m => m.Total), Median(one, m => m.Total), Most);
        yield return Result.Ratio("… as if each ran on a machine of its own", Median(three, m => m.Apart), Median(one, m => m.Apart));
    }

    private static async Task<ResidentMemory> MeasureAsync(SiloCluster cluster, string id, int silos, int releases)
    {
        var processes = new List<WegoProcess>();
        for (var i = 1; i <= silos; i++)
        {
            processes.Add(await cluster.StartProcessAsync($"wego-{i}", $"--Wego:Cluster:ClusterId={id}"));
        }

        foreach (var process in processes)
        {
            var list = await process.CallAsync<GetInstalledPackageSummariesResponse>(Wire.GetInstalledPackageSummaries, new GetInstalledPackageSummariesRequest { Context = Wire.In("") });
            if (list.InstalledPackageSummaries.Count != releases)
            {
                throw new InvalidOperationException($"{list.InstalledPackageSummaries.Count} releases were listed");
            }
        }

        var memory = ResidentMemory.Read(processes.Select(p => p.Id));
        await cluster.StopAllAsync();
        return memory;
    }

    private static double Median(List<ResidentMemory> rounds, Func<ResidentMemory, long> read) => rounds.Select(read).Order().ElementAt(rounds.Count / 2) / 1e6;

    private static string Describe(List<ResidentMemory> rounds) => FormattableString.Invariant(
        $"{Median(rounds, m => m.Total):F0} MB, of them {Median(rounds, m => m.Files):F0} MB unaltered pages of files (own of each, by round: {string.Join("; ", rounds.Select(Own))})");

    private static string Own(ResidentMemory memory) => string.Join(" + ", memory.Own.Select(b => FormattableString.Invariant($"{b / 1e6:F0}")));
}
