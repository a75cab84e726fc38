using FsCheck;
using FsCheck.Fluent;

namespace Wego.Grains.Tests.Feeds;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task A_subscriber_waits_for_the_next_change()
    {
        var feed = new ChangeFeed<string, int>();
        using var subscription = feed.Subscribe();
        var read = subscription.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        read.IsCompleted.ShouldBeFalse();
        feed.Publish("a", 1);
        (await read).ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_subscriber_gets_the_last_change_of_each_key_in_the_order_of_their_first()
    {
        var feed = new ChangeFeed<string, string>();
        using var subscription = feed.Subscribe();
        for (var i = 0; i < 1000; i++)
        {
            feed.Publish("b", $"b{i}");
            feed.Publish("a", $"a{i}");
        }

        (await subscription.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("b999");
        (await subscription.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("a999");
        using var leave = new CancellationTokenSource();
        var nothing = subscription.ReadAsync(leave.Token).AsTask();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(nothing);
    }

    [Fact]
    public async Task A_read_that_was_given_up_loses_nothing()
    {
        var feed = new ChangeFeed<string, int>();
        using var subscription = feed.Subscribe();
        using var leave = new CancellationTokenSource();
        var abandoned = subscription.ReadAsync(leave.Token).AsTask();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(abandoned);
        feed.Publish("a", 1);
        (await subscription.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public void Who_left_is_forgotten()
    {
        var feed = new ChangeFeed<string, int>();
        feed.Subscribe().Dispose();
        feed.Count.ShouldBe(0);
        feed.Publish("a", 1);
    }

    [Fact]
    public void Whatever_the_pace_the_last_change_of_every_key_arrives() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-1, 4).ListOf().ToArbitrary(),
        async steps =>
        {
            var feed = new ChangeFeed<int, (int Key, int Value)>();
            using var subscription = feed.Subscribe();
            var (last, seen, value, pending) = (new Dictionary<int, int>(), new Dictionary<int, int>(), 0, new HashSet<int>());

            // -1 reads, if there is anything; everything else publishes under that key.
            foreach (var step in steps.Concat(Enumerable.Repeat(-1, 5)))
            {
                if (step >= 0)
                {
                    feed.Publish(step, (step, ++value));
                    last[step] = value;
                    pending.Add(step);
                }
                else if (pending.Count > 0)
                {
                    var (key, now) = await subscription.ReadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
                    seen[key] = now;
                    pending.Remove(key);
                }
            }

            return last.OrderBy(l => l.Key).SequenceEqual(seen.OrderBy(s => s.Key));
        }));
}
