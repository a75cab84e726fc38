using Microsoft.Extensions.DependencyInjection;

namespace Wego.GrainRuntime.Tests.Lifecycle;

public sealed class DeactivationTests
{
    [Fact]
    public async Task TheNextRequestAfterDeactivationGetsANewActivation()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<ILifecycleGrain>("a");

        (await grain.DeactivateAsync()).ShouldBe(1);

        (await grain.ActivationAsync()).ShouldBe(2);
        cluster.Probe.Recorded.ShouldBe(["activate 1", "deactivate 1 ApplicationRequested", "activate 2"]);
        await cluster.Probe.SignalledAsync("disposed 1");
    }

    [Fact]
    public async Task RequestsThatWaitMoveToTheNextActivation()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<ILifecycleGrain>("a");
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");

        var ending = grain.DeactivateAsync();
        var next = grain.ActivationAsync();
        cluster.Probe.Signal("release");
        await waiting;

        (await ending).ShouldBe(1);
        (await next).ShouldBe(2);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task IdleGrainsAreCollected()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<ILifecycleGrain>("a");
        await grain.ActivationAsync();

        cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        (await grain.ActivationAsync()).ShouldBe(1);
        cluster.Clock.Advance(TimeSpan.FromMinutes(14));
        (await grain.ActivationAsync()).ShouldBe(1);
        cluster.Clock.Advance(TimeSpan.FromMinutes(17));
        await cluster.Probe.SignalledAsync("disposed 1");

        (await grain.ActivationAsync()).ShouldBe(2);
        cluster.Probe.Recorded.ShouldContain("deactivate 1 ActivationIdle");
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task AGrainThatServesARequestIsNotIdle()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<ILifecycleGrain>("a");
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        cluster.Probe.Signal("release");
        await Should.ThrowAsync<TimeoutException>(waiting);

        (await grain.ActivationAsync()).ShouldBe(1);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task AClassHasItsOwnAge()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<IShortLivedGrain>("a");
        await grain.ActivationAsync();

        cluster.Clock.Advance(TimeSpan.FromMinutes(4));
        await cluster.Probe.SignalledAsync("disposed 1");

        (await grain.ActivationAsync()).ShouldBe(2);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task KeepAliveExemptsAClass()
    {
        await using var cluster = await StartAsync();
        var kept = cluster.Grain<IKeptGrain>("kept");
        var other = cluster.Grain<ILifecycleGrain>("other");
        await kept.ActivationAsync();
        await other.ActivationAsync();

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await cluster.Probe.SignalledAsync("disposed 1");

        (await kept.ActivationAsync()).ShouldBe(1);
        (await other.ActivationAsync()).ShouldBe(2);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task DelayDeactivationPutsCollectionOff()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Grain<ILifecycleGrain>("a");
        await grain.DelayAsync(TimeSpan.FromHours(1));

        cluster.Clock.Advance(TimeSpan.FromMinutes(59));
        (await grain.ActivationAsync()).ShouldBe(1);
        cluster.Clock.Advance(TimeSpan.FromMinutes(20));
        await cluster.Probe.SignalledAsync("disposed 1");

        (await grain.ActivationAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task StoppingTheHostDeactivatesEveryGrain()
    {
        var cluster = await StartAsync();
        await cluster.Grain<ILifecycleGrain>("a").ActivationAsync();

        await cluster.DisposeAsync();

        cluster.Probe.Recorded.ShouldBe(["activate 1", "deactivate 1 ShuttingDown"]);
    }

    private static Task<GrainTestCluster> StartAsync() =>
        GrainTestCluster.StartAsync(silo => silo.Services.AddSingleton<ActivationCounter>());
}
