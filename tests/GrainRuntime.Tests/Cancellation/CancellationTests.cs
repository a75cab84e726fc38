namespace Wego.GrainRuntime.Tests.Cancellation;

public sealed class CancellationTests
{
    [Fact]
    public async Task TheCalleeSeesTheCallersCancellation()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        using var source = new CancellationTokenSource();
        var call = cluster.Grain<ICancellationGrain>("a").WaitForCancellationAsync("started", source.Token);
        await cluster.Probe.SignalledAsync("started");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await cluster.Probe.SignalledAsync("cancelled");
    }

    [Fact]
    public async Task TheCallerDoesNotWaitForACalleeThatIgnoresIt()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        using var source = new CancellationTokenSource();
        var call = cluster.Grain<ICancellationGrain>("a").IgnoreAsync("started", "release", source.Token);
        await cluster.Probe.SignalledAsync("started");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        cluster.Probe.Signal("release");
        await cluster.Probe.SignalledAsync("ended");
    }

    [Fact]
    public async Task ARequestCancelledWhileItWaitsIsNotRun()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ICancellationGrain>("a");
        using var source = new CancellationTokenSource();
        var waiting = grain.WaitAsync("started", "release");
        await cluster.Probe.SignalledAsync("started");

        var call = grain.RecordAsync("ran", source.Token);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        cluster.Probe.Signal("release");
        await waiting;
        await grain.PingAsync();

        cluster.Probe.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task ACallWithACancelledTokenIsNotMade()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<ICancellationGrain>("a");

        await Should.ThrowAsync<OperationCanceledException>(() => grain.RecordAsync("ran", new CancellationToken(canceled: true)));
        await grain.PingAsync();

        cluster.Probe.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task CallbacksOfTheTokenAreTurns()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        using var source = new CancellationTokenSource();
        var call = cluster.Grain<ICancellationGrain>("a").CallbackIsATurnAsync("started", source.Token);
        await cluster.Probe.SignalledAsync("started");

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        await cluster.Probe.SignalledAsync("seen");

        cluster.Probe.Recorded.ShouldBe(["turn"]);
    }
}
