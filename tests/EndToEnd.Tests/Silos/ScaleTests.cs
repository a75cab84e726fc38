using Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.EndToEnd.Silos;

/// <summary>A cluster that grows and shrinks while clients read and watch.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class ScaleTests
{
    // So many that chance does not pass a silo by.
    private const int Packages = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_one_to_three_and_back_everything_answers_and_new_silos_take_their_share()
    {
        const string metrics = "--Wego:Telemetry:PrometheusListen=api";
        await using var cluster = await SiloCluster.StartAsync();
        var first = (await cluster.StartProcessesAsync(1, metrics))[0];
        await using var clients = await ClusterUnderLoad.StartAsync(cluster, first);

        var added = await Task.WhenAll(cluster.StartProcessAsync("wego-2", metrics), cluster.StartProcessAsync("wego-3", metrics));
        await cluster.UntilAsync(states => states.Values.Count(s => s == "Active") == 3);
        clients.Use([first, .. added]);
        await clients.Load.RoundsAsync(1, clients.Patience);

        // What is asked for now for the first time is held where there is room, whichever replica is asked.
        var before = await Task.WhenAll(added.Select(GrainsAsync));
        using var user = cluster.User(first);
        await Task.WhenAll(Enumerable.Range(0, Packages).Select(async i =>
        {
            await clients.AddPackageAsync($"new-{i}");
            await user.CallAsync<GetInstalledPackageDetailResponse>(
                Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", $"new-{i}") });
        }));
        var after = await Task.WhenAll(added.Select(GrainsAsync));
        after.Zip(before, (now, then) => now - then).ShouldAllBe(more => more > 0, $"{await GrainsAsync(first)} are at the first.");

        // As Kubernetes does it: replicas that are to end get no requests any more, and are told.
        await clients.TellAsync("before");
        clients.Use(first);
        await Task.WhenAll(added.Select(r => r.SignalAsync("TERM")));
        await clients.TellAsync("during");
        foreach (var replica in added)
        {
            (await replica.WaitForExitAsync()).ShouldBe(0, replica.Log);
        }

        (await cluster.StatesAsync()).Where(s => s.Value == "Active").Select(s => s.Key).ShouldBe(["wego-1"]);
        await clients.TellAsync("after");
        await clients.UntilToldAsync("after");
        await clients.Load.RoundsAsync(2, clients.Patience);
        clients.Load.Lost.ShouldBeEmpty();
    }

    /// <summary>How many grains of packages a silo holds.</summary>
    private static async Task<double> GrainsAsync(WegoProcess process)
    {
        using var http = new HttpClient();
        var text = PrometheusText.Parse(await http.GetStringAsync(new Uri(process.Address, "/metrics"), Cancellation));
        return text.Samples.Where(s => s.Name == "orleans_grains" && s.Labels["type"].Contains("InstalledPackageGrain", StringComparison.Ordinal)).Sum(s => s.Value);
    }
}
