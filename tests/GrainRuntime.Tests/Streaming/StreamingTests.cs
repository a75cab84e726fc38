using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Streaming;

public sealed class StreamingTests
{
    [Fact]
    public async Task AllItemsArriveInOrder()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        var items = await cluster.Grain<IStreamingGrain>("a").CountAsync(1000).ToListAsync();

        items.ShouldBe(Enumerable.Range(1, 1000));
    }

    [Fact]
    public async Task AStreamMayBeEmpty()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        (await cluster.Grain<IStreamingGrain>("a").CountAsync(0).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SmallBatchesLoseNothing()
    {
        await using var cluster = await GrainTestCluster.StartAsync();

        var items = await cluster.Grain<IStreamingGrain>("a").CountAsync(10).WithBatchSize(3).ToListAsync();

        items.ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public async Task TheGrainAnswersWhileItsStreamWaits()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        await using var items = grain.SubscribeAsync("one").GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await cluster.Probe.SignalledAsync("subscribed one");

        (await grain.SubscribersAsync()).ShouldBe(1);
        await grain.PublishAsync("hello");

        (await first).ShouldBeTrue();
        items.Current.ShouldBe("hello");
    }

    [Fact]
    public async Task DisposingEarlyEndsTheProducer()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        await using (var items = grain.SubscribeAsync("one").GetAsyncEnumerator())
        {
            var first = items.MoveNextAsync();
            await cluster.Probe.SignalledAsync("subscribed one");
            await grain.PublishAsync("hello");
            (await first).ShouldBeTrue();
        }

        await cluster.Probe.SignalledAsync("unsubscribed one");
        (await grain.SubscribersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task AnExceptionArrivesAfterTheItemsBeforeIt()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var items = new List<int>();

        var failure = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in cluster.Grain<IStreamingGrain>("a").FailAsync())
            {
                items.Add(item);
            }
        });

        failure.Message.ShouldBe("the stream broke");
        items.ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancellingEndsBothSides(bool asArgument)
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        using var source = new CancellationTokenSource();
        var stream = asArgument ? grain.SubscribeAsync("one", source.Token) : grain.SubscribeAsync("one");
        var consuming = Task.Run(async () =>
        {
            await foreach (var item in stream.WithCancellation(asArgument ? CancellationToken.None : source.Token))
            {
                cluster.Probe.Record(item);
            }
        });
        await cluster.Probe.SignalledAsync("subscribed one");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(consuming);
        await cluster.Probe.SignalledAsync("unsubscribed one");
        (await grain.SubscribersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task EnumerationsOfOneGrainAreIndependent()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        await using var one = grain.SubscribeAsync("one").GetAsyncEnumerator();
        await using var two = grain.SubscribeAsync("two").GetAsyncEnumerator();
        var firstOfOne = one.MoveNextAsync();
        var firstOfTwo = two.MoveNextAsync();
        await cluster.Probe.SignalledAsync("subscribed one");
        await cluster.Probe.SignalledAsync("subscribed two");

        await grain.PublishAsync("first");
        (await firstOfOne).ShouldBeTrue();
        await one.DisposeAsync();
        (await firstOfTwo).ShouldBeTrue();
        var secondOfTwo = two.MoveNextAsync();
        await grain.PublishAsync("second");

        (await secondOfTwo).ShouldBeTrue();
        two.Current.ShouldBe("second");
        (await grain.SubscribersAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task AnEnumerableCanBeEnumeratedAgain()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var stream = cluster.Grain<IStreamingGrain>("a").CountAsync(3);

        (await stream.ToListAsync()).ShouldBe([1, 2, 3]);
        (await stream.ToListAsync()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task AConsumerThatIsLateLearnsThatTheActivationEnded()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        await using var items = grain.SubscribeAsync("one").GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await cluster.Probe.SignalledAsync("subscribed one");
        await grain.PublishAsync("hello");
        (await first).ShouldBeTrue();

        await grain.DeactivateAsync();
        await cluster.Probe.SignalledAsync("unsubscribed one");

        await Should.ThrowAsync<EnumerationAbortedException>(async () => await items.MoveNextAsync());
    }

    [Fact]
    public async Task AnEnumerationThatNobodyAsksForIsEnded()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var grain = cluster.Grain<IStreamingGrain>("a");
        await using var items = grain.SubscribeAsync("one").GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await cluster.Probe.SignalledAsync("subscribed one");
        await grain.PublishAsync("hello");
        (await first).ShouldBeTrue();

        for (var i = 0; i < 3; i++)
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(30));
            await grain.SubscribersAsync();
        }

        await cluster.Probe.SignalledAsync("unsubscribed one");
        await Should.ThrowAsync<EnumerationAbortedException>(async () => await items.MoveNextAsync());
    }
}
