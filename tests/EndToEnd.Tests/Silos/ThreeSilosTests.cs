using System.Diagnostics;
using System.Net;
using Wego.Packages.V1;
using Wego.Rpc;

namespace Wego.EndToEnd.Silos;

/// <summary>Three processes with Orleans share the grains, and any one of them may be lost.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class ThreeSilosTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_find_each_other_and_each_serves_every_request()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var processes = await cluster.StartProcessesAsync(3);

        foreach (var (process, i) in processes.Select((p, i) => (p, i)))
        {
            using var client = process.Client();
            await cluster.Journey(client).RunAsync($"journey-{i}");
        }

        // What one writes another one reads, at once.
        using var first = cluster.User(processes[0]);
        await first.AddRepositoryAsync("team-a", "sample", cluster.Repository.Address);
        foreach (var process in processes)
        {
            using var user = cluster.User(process);
            (await user.AllPagesAsync(2)).Select(p => p.Name).ShouldBe(["counter", "hello-web", "nightly-report"]);
            var refused = await user.FailAsync(Wire.Packages("GetInstalledPackageDetail"), new Kubeappsapis.Core.Packages.V1Alpha1.GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", "none") });
            refused.Code.ShouldBe(RpcStatusCode.NotFound);
            refused.Message.ShouldContain("none");
        }
    }

    [Fact]
    public async Task After_the_death_of_two_the_third_serves_everything_and_streams_go_on()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var processes = await cluster.StartProcessesAsync(3);
        using var user = cluster.User(processes[0]);
        await user.AddRepositoryAsync("team-a", "sample", cluster.Repository.Address);
        await user.InstallAsync("team-a", "before", "sample/hello-web", "1.0.0");
        await user.UntilReadyAsync("team-a", "before");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        var seen = WatchAsync(cluster.User(processes[0]), "after", patience.Token);

        foreach (var lost in processes.Skip(1))
        {
            var since = Stopwatch.GetTimestamp();
            await lost.SignalAsync("KILL");
            await AgainAsync(() => user.AllPagesAsync(2), all => all.Count == 3, patience.Token);
            await AgainAsync(() => user.InstalledAsync("team-a"), all => all.InstalledPackageSummaries.Any(p => p.Name == "before"), patience.Token);
            TestContext.Current.TestOutputHelper?.WriteLine($"Answers again {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s after kill -9.");
            await cluster.UntilAsync(states => states.Count(s => s.Value == "Active") == processes.Length - Array.IndexOf(processes, lost));
        }

        await AgainAsync(() => InstallAsync(user, "after"), done => done, patience.Token);
        await seen;

        // And the cluster grows again.
        var fourth = await cluster.StartProcessAsync("wego-4");
        using var other = cluster.User(fourth);
        await AgainAsync(() => other.InstalledAsync("team-a"), all => all.InstalledPackageSummaries.Select(p => p.Name).Order().SequenceEqual(["after", "before"]), patience.Token);
    }

    [Fact]
    public async Task A_silo_that_is_told_to_end_leaves_and_an_API_server_that_restarts_takes_nothing_away()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var processes = await cluster.StartProcessesAsync(3);
        using var user = cluster.User(processes[0]);
        await user.AddRepositoryAsync("team-a", "sample", cluster.Repository.Address);
        (await user.AllPagesAsync(2)).Count.ShouldBe(3);

        await processes[2].SignalAsync("TERM");
        (await processes[2].WaitForExitAsync()).ShouldBe(0, processes[2].Log);
        (await cluster.StatesAsync())["wego-3"].ShouldBe("Dead");

        await cluster.Server.StopApiServerAsync();
        await cluster.Server.StartApiServerAgainAsync(Cancellation);
        await cluster.StartProcessAsync("wego-5");
        (await cluster.StatesAsync()).Count(s => s.Value == "Active").ShouldBe(3);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        await AgainAsync(() => user.AllPagesAsync(2), all => all.Count == 3, patience.Token);
    }

    [Fact]
    public async Task Silos_and_frontends_may_be_processes_of_their_own()
    {
        await using var cluster = await SiloCluster.StartAsync();
        var silo = await cluster.StartProcessAsync("silo-1", "--Wego:Roles=silo");
        var frontend = await cluster.StartProcessAsync("frontend-1", "--Wego:Roles=frontend");
        using var client = frontend.Client();
        await cluster.Journey(client).RunAsync("journey");

        (await cluster.StatesAsync()).Keys.ShouldBe(["silo-1"]);
        using var http = new HttpClient();
        using var none = await http.GetAsync(new Uri(silo.Address, "/core/plugins/v1alpha1/configured-plugins"), Cancellation);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    // As a client does that is told to connect again: it begins anew, and so misses nothing.
    private static async Task WatchAsync(User user, string name, CancellationToken cancellationToken)
    {
        using var held = user;
        await AgainAsync(
            async () =>
            {
                await foreach (var change in user.WatchAsync("team-a", name, cancellationToken))
                {
                    if (change.Type == WatchInstalledPackagesResponse.Types.Type.Present)
                    {
                        return true;
                    }
                }

                return false;
            },
            seen => seen,
            cancellationToken);
    }

    private static async Task<bool> InstallAsync(User user, string name)
    {
        try
        {
            await user.InstallAsync("team-a", name, "sample/hello-web", "1.0.0");
            return true;
        }
        catch (RpcException e) when (e.Code == RpcStatusCode.AlreadyExists)
        {
            // The answer was lost, not the deed.
            return true;
        }
    }

    // Until the answer is whole: while a silo is missing, calls fail, and lists leave out what they could not ask.
    private static async Task AgainAsync<T>(Func<Task<T>> call, Func<T, bool> isWhole, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (isWhole(await call()))
                {
                    return;
                }
            }
            catch (RpcException e) when (e.Code is RpcStatusCode.Unavailable or RpcStatusCode.DeadlineExceeded && !cancellationToken.IsCancellationRequested)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{e.Code}: {e.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }
}
