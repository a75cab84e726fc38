namespace Wego.GrainRuntime.Tests.Exceptions;

public sealed class ExceptionTests
{
    [Fact]
    public async Task AnExceptionArrivesAsThrown()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IFailingGrain>("a");

        var now = await Should.ThrowAsync<QuotaException>(() => grain.ThrowAsync(3));
        var later = await Should.ThrowAsync<QuotaException>(() => grain.ThrowLaterAsync(4));

        now.Message.ShouldBe("over quota");
        now.Limit.ShouldBe(3);
        later.Limit.ShouldBe(4);
    }

    [Fact]
    public async Task AnExceptionDoesNotEndTheActivation()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IFailingGrain>("a");

        await Should.ThrowAsync<QuotaException>(() => grain.ThrowAsync(3));
        await Should.ThrowAsync<QuotaException>(() => grain.ThrowLaterAsync(3));

        (await grain.CallsAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task AnExceptionCrossesFromGrainToGrain()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        (await cluster.Grain<IFailingGrain>("a").ThroughAsync("b")).ShouldBe("over quota 7");
    }
}
