using System.Diagnostics;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// The consuming side of an enumeration: hands out the items of a batch, then pulls the next. Cancelling ends a pull at
/// once; disposing waits until the producing method has ended.
/// </summary>
internal sealed class StreamConsumer<T> : IAsyncEnumerator<T>
{
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _cancelProducer;
    private StreamBatch<T> _batch = new([], IsLast: false);
    private Activity? _session;
    private volatile StreamProducer<T>? _producer;
    private int _index = -1;
    private bool _ended;

    public StreamConsumer(StreamCall<T> call, CancellationToken token)
    {
        Call = call;
        var argument = call.CallerToken;
        if (argument.CanBeCanceled && token.CanBeCanceled && argument != token)
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(argument, token);
            _token = _linked.Token;
        }
        else
        {
            _token = token.CanBeCanceled ? token : argument;
        }

        _cancelProducer = _token.UnsafeRegister(static state => ((StreamConsumer<T>)state!)._producer?.Cancel(), this);
    }

    public StreamCall<T> Call { get; }

    public StreamProducer<T>? Producer => _producer;

    public T Current => _index >= 0 && _index < _batch.Items.Count
        ? _batch.Items[_index]
        : throw new InvalidOperationException("There is no current item: MoveNextAsync was not called, or returned false.");

    public StreamProducer<T> Attach(StreamProducer<T> producer)
    {
        _producer = producer;
        if (_token.IsCancellationRequested)
        {
            producer.Cancel();
        }

        return producer;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (++_index < _batch.Items.Count)
        {
            return true;
        }

        if (_batch.IsLast || _ended)
        {
            return false;
        }

        _token.ThrowIfCancellationRequested();
        try
        {
            _batch = await PullAsync();
        }
        catch (Exception e)
        {
            _ended = true;
            Tracing.Fail(_session, e);
            throw;
        }

        _index = 0;
        return _batch.Items.Count > 0;
    }

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        _cancelProducer.Unregister();
        if (_producer is { } producer && !_batch.IsLast)
        {
            var end = new StreamEnd(producer);
            if (producer.Activation.TryReceive(end))
            {
                // A producer that is being deactivated ends the enumeration itself and fails this step.
                await ((Task)end.Outcome).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _linked?.Dispose();
        _session?.Dispose();
    }

    private async Task<StreamBatch<T>> PullAsync()
    {
        _session ??= Tracing.StartSession(Call.Method, Call.Channel.Id);
        var pull = new StreamPull<T>(this);
        using var cancel = _token.UnsafeRegister(static (state, token) => ((StreamPull<T>)state!).Cancel(token), pull);
        if (_producer is null)
        {
            Call.Channel.Send(pull);
        }
        else if (!_producer.Activation.TryReceive(pull))
        {
            throw new EnumerationAbortedException($"{Call.Channel.Id} ended the enumeration: it was deactivated.");
        }

        return await pull.Outcome;
    }
}
