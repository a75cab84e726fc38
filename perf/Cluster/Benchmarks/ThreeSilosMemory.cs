using System.Globalization;
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
        var (one, three) = (new List<Memory>(), new List<Memory>());
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await MeasureAsync(cluster, $"one-{round}", silos: 1, Releases));
            three.Add(await MeasureAsync(cluster, $"three-{round}", Silos, Releases));
        }

        var (resident, proportional) = (Ratio(one, three, m => m.Resident), Ratio(one, three, m => m.Proportional));
        yield return new Result("resident memory of one silo without packages", Describe([idle]));
        yield return new Result($"… of one silo, {Releases} installed packages", Describe(one));
        yield return new Result($"… of {Silos} silos together", Describe(three));
        yield return new Result("… beside that of one, shared pages counted once", Describe(proportional), Target, proportional <= Most);
        yield return new Result("… beside that of one, shared pages counted for each", Describe(resident), Target, resident <= Most);
    }

    private static string Target => string.Create(CultureInfo.InvariantCulture, $"at most {Most}");

    private static async Task<Memory> MeasureAsync(SiloCluster cluster, string id, int silos, int releases)
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

        var memory = new Memory(
            [.. processes.Select(p => p.ResidentBytes / 1e6)],
            [.. processes.Select(p => p.ProportionalBytes / 1e6)]);
        await cluster.StopAllAsync();
        return memory;
    }

    private static double Ratio(List<Memory> one, List<Memory> three, Func<Memory, double[]> read) => Median(three, read) / Median(one, read);

    private static double Median(List<Memory> rounds, Func<Memory, double[]> read) => rounds.Select(m => read(m).Sum()).Order().ElementAt(rounds.Count / 2);

    private static string Describe(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    private static string Describe(List<Memory> rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median(rounds, m => m.Resident):F0} MB, its part of shared pages {Median(rounds, m => m.Proportional):F0} MB ({string.Join("; ", rounds.Select(r => string.Join(" + ", r.Resident.Select(v => v.ToString("F0", CultureInfo.InvariantCulture)))))})");

    /// <summary>In megabytes, for each process.</summary>
    /// <param name="Resident">What is resident.</param>
    /// <param name="Proportional">The same, with its part of pages shared with others.</param>
    private sealed record Memory(double[] Resident, double[] Proportional);
}
