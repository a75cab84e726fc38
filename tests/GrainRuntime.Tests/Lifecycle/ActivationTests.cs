using Microsoft.Extensions.DependencyInjection;

namespace Wego.GrainRuntime.Tests.Lifecycle;

public sealed class ActivationTests
{
    [Fact]
    public async Task AFailedActivationFailsTheRequestsThatWaitForItAndIsTriedAgain()
    {
        await using var cluster = await GrainTestCluster.StartAsync(silo => silo.Services.AddSingleton<ActivationCounter>());
        cluster.Log.Expect(e => e.Exception?.Message == "cannot activate");
        var grain = cluster.Grain<IFragileGrain>("a");
        var first = grain.AttemptAsync();
        await cluster.Probe.SignalledAsync("activating");
        var second = grain.AttemptAsync();
        cluster.Probe.Signal("go");

        (await Should.ThrowAsync<InvalidOperationException>(first)).Message.ShouldBe("cannot activate");
        (await Should.ThrowAsync<InvalidOperationException>(second)).Message.ShouldBe("cannot activate");

        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        (await grain.AttemptAsync()).ShouldBe(2);
    }
}
