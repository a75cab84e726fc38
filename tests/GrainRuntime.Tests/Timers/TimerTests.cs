namespace Wego.GrainRuntime.Tests.Timers;

public sealed class TimerTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task ATimerTicksAfterItsDueTimeAndThenEveryPeriod()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");

        await grain.StartAsync(5 * s_second, 10 * s_second);
        cluster.Clock.Advance(4 * s_second);
        await grain.PingAsync();
        cluster.Probe.Recorded.ShouldBeEmpty();
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 1");
        cluster.Clock.Advance(9 * s_second);
        await grain.PingAsync();
        cluster.Probe.Recorded.Count.ShouldBe(1);
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 2");
    }

    [Fact]
    public async Task ATickWaitsForTheRequestThatRuns()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(s_second, Timeout.InfiniteTimeSpan);
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");

        cluster.Clock.Advance(s_second);
        await grain.PingAsync();
        cluster.Probe.Signal("release");
        await waiting;
        await cluster.Probe.SignalledAsync("tick 1");

        cluster.Probe.Recorded.ShouldBe(["end started", "tick 1"]);
    }

    [Fact]
    public async Task AnInterleavingTickDoesNotWait()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(s_second, Timeout.InfiniteTimeSpan, interleave: true);
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");

        cluster.Clock.Advance(s_second);
        await cluster.Probe.SignalledAsync("tick 1");
        cluster.Probe.Signal("release");
        await waiting;

        cluster.Probe.Recorded.ShouldBe(["tick 1", "end started"]);
    }

    [Fact]
    public async Task AFailingTickIsLoggedAndTheTimerGoesOn()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        cluster.Log.Expect(e => e.Exception?.Message == "tick failed");
        var grain = cluster.Grain<ITimerGrain>("a");

        await grain.StartFailingAsync(s_second, s_second);
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 1");
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 2");

        cluster.Log.Entries.ShouldContain(e => e.Exception is InvalidOperationException && e.Exception.Message == "tick failed");
    }

    [Fact]
    public async Task DisposingStopsTheTimer()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(s_second, s_second);
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 1");

        await grain.StopAsync();
        cluster.Clock.Advance(10 * s_second);
        await grain.ActivationAsync();

        cluster.Probe.Recorded.ShouldBe(["tick 1"]);
    }

    [Fact]
    public async Task ChangeSetsNewTimes()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await grain.ChangeAsync(s_second, Timeout.InfiniteTimeSpan);
        cluster.Clock.Advance(s_second);
        await TickedAsync(cluster, grain, "tick 1");
        cluster.Clock.Advance(TimeSpan.FromHours(2));
        await grain.ActivationAsync();

        cluster.Probe.Recorded.ShouldBe(["tick 1"]);
    }

    [Fact]
    public async Task DisposingCancelsTheCallbackThatRuns()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartWaitingAsync(s_second);
        cluster.Clock.Advance(s_second);
        await cluster.Probe.SignalledAsync("waiting");

        await grain.StopAsync();

        await cluster.Probe.SignalledAsync("cancelled");
    }

    [Fact]
    public async Task TimersEndWithTheActivation()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(s_second, s_second);

        await grain.DeactivateAsync();
        await cluster.Probe.SignalledAsync("deactivated");
        cluster.Clock.Advance(10 * s_second);
        await grain.ActivationAsync();

        cluster.Probe.Recorded.ShouldBeEmpty();
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task TicksDoNotKeepAGrainAlive()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        await grain.StartAsync(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);

        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await cluster.Probe.SignalledAsync("tick 1");
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));

        await cluster.Probe.SignalledAsync("deactivated");
    }

    [Fact]
    public async Task TicksKeepAGrainAliveWhereAsked()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITimerGrain>("a");
        var before = await grain.ActivationAsync();
        await grain.StartAsync(TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan, keepAlive: true);

        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await TickedAsync(cluster, grain, "tick 1");
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));

        (await grain.ActivationAsync()).ShouldBe(before);
    }

    /// <summary>A request that waits its turn is served after the tick has ended, and so after the next one was armed.</summary>
    private static async Task TickedAsync(GrainTestCluster cluster, ITimerGrain grain, string tick)
    {
        await cluster.Probe.SignalledAsync(tick);
        await grain.ActivationAsync();
    }
}
