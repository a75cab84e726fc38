namespace Wego.GrainRuntime.Tests.Deadlocks;

public sealed class CycleTests
{
    [Fact]
    public async Task ACycleTimesOutAndTheGrainsGoOn()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ICycleGrain>("a");
        var call = grain.CallAsync("b", allowReentrancy: false);
        await cluster.Probe.SignalledAsync("called back");

        cluster.Clock.Advance(TimeSpan.FromSeconds(40));

        await Should.ThrowAsync<TimeoutException>(call);
        (await grain.AnswerAsync()).ShouldBe("answer");
    }

    [Fact]
    public async Task AGrainMayLetItsCallChainReEnter()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        (await cluster.Grain<ICycleGrain>("a").CallAsync("b", allowReentrancy: true)).ShouldBe("answer");
    }
}
