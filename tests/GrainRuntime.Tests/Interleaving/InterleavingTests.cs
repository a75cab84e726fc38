namespace Wego.GrainRuntime.Tests.Interleaving;

public sealed class InterleavingTests
{
    [Fact]
    public async Task AlwaysInterleaveStartsWhileAnotherRequestAwaits()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IInterleavingGrain>("a");
        var waiting = await BeginAsync(cluster, grain);

        var plain = grain.PlainAsync("plain");
        await grain.AlwaysAsync("always");
        cluster.Probe.Signal("release");
        await Task.WhenAll(waiting, plain);

        cluster.Probe.Recorded.ShouldBe(["always", "end started", "plain"]);
    }

    [Fact]
    public async Task ReadOnlyRequestsInterleaveWithEachOtherOnly()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IInterleavingGrain>("a");
        var reading = grain.ReadAsync("reading", "release");
        await cluster.Probe.SignalledAsync("reading");

        var plain = grain.PlainAsync("plain");
        await grain.QuickReadAsync("read");
        plain.IsCompleted.ShouldBeFalse();
        cluster.Probe.Signal("release");
        await Task.WhenAll(reading, plain);

        cluster.Probe.Recorded.ShouldBe(["read", "end reading", "plain"]);
    }

    [Fact]
    public async Task ReadOnlyRequestsWaitForOthers()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IInterleavingGrain>("a");
        var waiting = await BeginAsync(cluster, grain);

        var read = grain.QuickReadAsync("read");
        await grain.AlwaysAsync("always");
        read.IsCompleted.ShouldBeFalse();
        cluster.Probe.Signal("release");
        await Task.WhenAll(waiting, read);

        cluster.Probe.Recorded.ShouldBe(["always", "end started", "read"]);
    }

    [Fact]
    public async Task AReentrantGrainInterleavesEverything()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IReentrantGrain>("a");
        var waiting = await BeginAsync(cluster, grain);

        await grain.PlainAsync("plain");
        waiting.IsCompleted.ShouldBeFalse();
        cluster.Probe.Signal("release");
        await waiting;

        cluster.Probe.Recorded.ShouldBe(["plain", "end started"]);
    }

    [Fact]
    public async Task APredicateDecidesByTheRequest()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ISelectiveGrain>("a");
        var waiting = await BeginAsync(cluster, grain);

        var harmful = grain.PlainAsync("harmful");
        await grain.PlainAsync("harmless");
        cluster.Probe.Signal("release");
        await Task.WhenAll(waiting, harmful);

        cluster.Probe.Recorded.ShouldBe(["harmless", "end started", "harmful"]);
    }

    [Fact]
    public async Task AOneWayCallCompletesBeforeItsMethod()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IInterleavingGrain>("a");

        await grain.OneWayAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");
        cluster.Probe.Recorded.ShouldBeEmpty();
        cluster.Probe.Signal("release");
        await grain.PlainAsync("after");

        cluster.Probe.Recorded.ShouldBe(["end started", "after"]);
    }

    private static async Task<Task> BeginAsync(GrainTestCluster cluster, IInterleavingMethods grain)
    {
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");
        return waiting;
    }
}
