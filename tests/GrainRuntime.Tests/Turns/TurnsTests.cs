namespace Wego.GrainRuntime.Tests.Turns;

public sealed class TurnsTests
{
    [Fact]
    public async Task RequestsToOneGrainRunOneAtATime()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITurnsGrain>("a");

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(grain.IncrementSlowlyAsync)));

        results.Order().ShouldBe(Enumerable.Range(1, 200));
    }

    [Fact]
    public async Task ARequestWaitsUntilTheOneThatRunsHasEnded()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITurnsGrain>("a");

        var first = grain.WaitAsync("first", "go");
        await cluster.Probe.SignalledAsync("first");
        var second = grain.EchoAsync("second");
        await cluster.Grain<ITurnsGrain>("b").EchoAsync("other grain");
        second.IsCompleted.ShouldBeFalse();
        cluster.Probe.Signal("go");
        await first;
        await second;

        cluster.Probe.Recorded.ShouldBe(["begin first", "echo other grain", "end first", "echo second"]);
    }

    [Fact]
    public async Task ContinuationsStayOnTheScheduler()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        (await cluster.Grain<ITurnsGrain>("a").RunsOnOneSchedulerAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task EveryReturnTypeWorks()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITurnsGrain>("a");

        (await grain.EchoAsync("text")).ShouldBe("text");
        (await grain.AddAsync(1, 2)).ShouldBe(3);
        await grain.NothingAsync();
    }

    [Fact]
    public async Task TheKeyIsThatOfTheReference()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ITurnsGrain>("plugin/cluster/namespace/name");

        (await grain.KeyAsync()).ShouldBe("plugin/cluster/namespace/name");
        grain.GetPrimaryKeyString().ShouldBe("plugin/cluster/namespace/name");
        grain.ShouldBe(cluster.Grain<ITurnsGrain>("plugin/cluster/namespace/name"));
        grain.ShouldNotBe(cluster.Grain<ITurnsGrain>("other"));
    }
}
