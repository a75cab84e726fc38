namespace Wego.EndToEnd.Silos;

/// <summary>Three processes with Orleans are replaced, and lost, while clients read and watch at each of them.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class FaultsUnderLoadTests
{
    [Fact]
    public async Task A_rolling_restart_loses_no_request_that_is_tried_again_once_and_no_event()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var replicas = await cluster.StartProcessesAsync(3);
        await using var clients = await ClusterUnderLoad.StartAsync(cluster, replicas);

        for (var i = 0; i < replicas.Length; i++)
        {
            await clients.TellAsync($"before-{i}");
            clients.Load.Leave(i);
            await replicas[i].SignalAsync("TERM");
            await clients.TellAsync($"during-{i}");
            (await replicas[i].WaitForExitAsync()).ShouldBe(0, replicas[i].Log);
            await clients.TellAsync($"after-{i}");
            replicas[i] = await cluster.StartProcessAsync($"wego-{i + 4}");
            clients.Use([.. replicas]);
            await clients.UntilToldAsync($"after-{i}");
        }

        await clients.Load.RoundsAsync(2, clients.Patience);
        clients.Load.Lost.ShouldBeEmpty();
        clients.Load.Retried.ShouldBeGreaterThan(0, "A replica was away while nobody asked it: nothing was tried.");
        clients.Notices.ShouldBeGreaterThan(0, "A replica was away that nobody watched at: nothing was tried.");
    }

    [Fact]
    public async Task After_kill_9_of_one_everything_answers_once_it_is_declared_dead_and_streams_go_on()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var replicas = await cluster.StartProcessesAsync(3);
        await using var clients = await ClusterUnderLoad.StartAsync(cluster, replicas);

        await clients.TellAsync("before");
        await replicas[0].SignalAsync("KILL");
        await clients.TellAsync("during");
        // Until then its grains are where nobody answers.
        await cluster.UntilAsync(states => states["wego-1"] == "Dead");
        clients.Use(replicas[1], replicas[2]);
        await clients.TellAsync("after");
        await clients.UntilToldAsync("after");
        await clients.Load.UntilNothingIsLostAsync(clients.Patience);
        await clients.Load.RoundsAsync(3, clients.Patience);

        clients.Load.Lost.ShouldBeEmpty();
        clients.Notices.ShouldBeGreaterThan(0);
    }
}
