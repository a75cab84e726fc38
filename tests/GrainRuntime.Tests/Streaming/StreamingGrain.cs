using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Wego.GrainRuntime.Tests.Streaming;

public sealed class StreamingGrain(Probe probe) : Grain, IStreamingGrain
{
    private readonly List<Channel<string>> _subscribers = [];

    public async IAsyncEnumerable<int> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 1; i <= to; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> SubscribeAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var own = TaskScheduler.Current;
        var channel = Channel.CreateUnbounded<string>();
        _subscribers.Add(channel);
        probe.Signal($"subscribed {name}");
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return TaskScheduler.Current == own ? item : "off the scheduler";
            }
        }
        finally
        {
            _subscribers.Remove(channel);
            probe.Signal($"unsubscribed {name}");
        }
    }

    public async IAsyncEnumerable<int> FailAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        await Task.Yield();
        throw new InvalidOperationException("the stream broke");
    }

    public async Task PublishAsync(string item)
    {
        foreach (var subscriber in _subscribers)
        {
            await subscriber.Writer.WriteAsync(item);
        }
    }

    public Task<int> SubscribersAsync() => Task.FromResult(_subscribers.Count);

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
