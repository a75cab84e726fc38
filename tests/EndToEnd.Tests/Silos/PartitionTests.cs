namespace Wego.EndToEnd.Silos;

/// <summary>A silo that the others cannot reach, though all reach the API server.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class PartitionTests
{
    [Fact]
    public async Task The_majority_goes_on_and_the_silo_that_is_cut_off_ends()
    {
        await using var cluster = await SiloCluster.StartAsync();
        await using var network = await SiloNetwork.StartAsync(silos: 3);
        var apiServer = network.Reach(cluster.Server.Address);
        var replicas = await Task.WhenAll(Enumerable.Range(1, 3).Select(n => cluster.StartProcessAsync($"wego-{n}", network.Place(n, apiServer))));
        try
        {
            await cluster.UntilAsync(states => states.Values.Count(s => s == "Active") == 3);
            await using var clients = await ClusterUnderLoad.StartAsync(cluster, network.Reach(cluster.Repository.Address), replicas);

            await clients.TellAsync("before");
            await network.CutAsync(3);
            await clients.TellAsync("during");
            await cluster.UntilAsync(states => states["wego-3"] == "Dead");
            (await cluster.StatesAsync()).Where(s => s.Value == "Active").Select(s => s.Key).Order(StringComparer.Ordinal).ShouldBe(["wego-1", "wego-2"]);
            // It reads in Kubernetes that it is taken for dead, and so holds no grain that another silo holds now.
            (await replicas[2].WaitForExitAsync()).ShouldNotBe(0);

            clients.Use(replicas[0], replicas[1]);
            await clients.TellAsync("after");
            await clients.UntilToldAsync("after");
            await clients.Load.UntilNothingIsLostAsync(clients.Patience);
            await clients.Load.RoundsAsync(2, clients.Patience);
            clients.Load.Lost.ShouldBeEmpty();

            await network.HealAsync(3);
            replicas[2] = await cluster.StartProcessAsync("wego-4", network.Place(3, apiServer));
            clients.Use(replicas);
            await clients.TellAsync("healed");
            await clients.UntilToldAsync("healed");
            await clients.Load.UntilNothingIsLostAsync(clients.Patience);
            (await cluster.StatesAsync())["wego-4"].ShouldBe("Active");
        }
        finally
        {
            // A namespace stays for as long as a process is in it.
            await cluster.StopProcessesAsync();
        }
    }
}
