namespace Wego.GrainRuntime.Tests.Observers;

public sealed class ObserverTests
{
    [Fact]
    public async Task AGrainCallsBackInOrder()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var listener = new Listener(cluster.Probe);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        var grain = cluster.Grain<IBroadcastGrain>("a");

        await grain.AddAsync(reference);
        await grain.TellAsync("one");
        await grain.TellAsync("two");

        cluster.Probe.Recorded.ShouldBe(["one", "two"]);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task AReferenceEqualsItself()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var listener = new Listener(cluster.Probe);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        var grain = cluster.Grain<IBroadcastGrain>("a");

        await grain.AddAsync(reference);
        await grain.AddAsync(reference);
        (await grain.ListenersAsync()).ShouldBe(1);
        await grain.RemoveAsync(reference);

        (await grain.ListenersAsync()).ShouldBe(0);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task AnExceptionOfAnObserverReachesTheGrain()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var listener = new Listener(cluster.Probe);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        var grain = cluster.Grain<IBroadcastGrain>("a");
        await grain.AddAsync(reference);

        (await Should.ThrowAsync<InvalidOperationException>(() => grain.TellAsync("fail"))).Message.ShouldBe("the listener failed");
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task ADeletedReferenceReachesNobody()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var listener = new Listener(cluster.Probe);
        var deleted = cluster.Client.CreateObjectReference<IListener>(listener);
        var kept = cluster.Client.CreateObjectReference<IListener>(listener);
        cluster.Log.Expect(e => e.EventId.Name == "LogUnexpectedTargetInRequest");

        cluster.Client.DeleteObjectReference<IListener>(deleted);
        var lost = deleted.HeardAsync("lost");
        await kept.HeardAsync("kept");
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await Should.ThrowAsync<Exception>(lost);
        cluster.Probe.Recorded.ShouldBe(["kept"]);
        GC.KeepAlive(listener);
    }
}
