using System.Net;
using System.Text.Json;

namespace Wego.EndToEnd.Silos;

/// <summary>A replica is ready once it is a member of the cluster, and not before.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class JoiningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_is_ready_only_after_it_has_written_itself_into_the_cluster_as_active()
    {
        await using var cluster = await SiloCluster.StartAsync();
        await using var gate = await MembershipGate.StartAsync(cluster.Server);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var process = await cluster.LaunchAsync("wego-1", SiloPlace.Loopback with { ApiServer = gate.Address });

        var states = new List<string>();
        while (!states.Contains("Active"))
        {
            var write = await gate.NextAsync(patience.Token);
            (await process.ReadinessAsync(patience.Token)).ShouldNotBe(HttpStatusCode.OK);
            states.AddRange(States(write.Body));
            write.Pass();
        }

        states.Count.ShouldBeGreaterThan(1, "It was nothing before it was active.");
        gate.Open();
        await process.UntilAsync(HttpStatusCode.OK);
        (await cluster.StatesAsync())["wego-1"].ShouldBe("Active");
    }

    [Fact]
    public async Task A_silo_that_may_not_write_itself_into_the_cluster_ends_and_says_why()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var process = await cluster.LaunchAsync("wego-1", SiloPlace.Loopback, cluster.Server.Identities.Viewer);

        (await process.WaitForExitAsync()).ShouldBe(1, process.Log);
        process.Log.ShouldContain("siloclusters");
        process.Log.ShouldContain("forbidden", Case.Insensitive);
    }

    [Fact]
    public async Task A_silo_waits_for_an_API_server_that_is_not_ready()
    {
        await using var cluster = await SiloCluster.StartAsync();
        await using var gate = await MembershipGate.StartAsync(cluster.Server);
        gate.Open();
        // More than one request is tried again by itself.
        gate.Refuse(10);

        await cluster.StartProcessAsync("wego-1", SiloPlace.Loopback with { ApiServer = gate.Address });

        (await cluster.StatesAsync())["wego-1"].ShouldBe("Active");
        gate.Refusals.ShouldBe(0);
    }

    private static IEnumerable<string> States(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("spec").GetProperty("silos").EnumerateArray().Select(s => s.GetProperty("state").GetString()!)];
    }
}
