using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// The producing side of an enumeration. The method's code runs in turns of the activation; while it awaits, other
/// requests run.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync is the disposal; the source has no timer.")]
internal sealed class StreamProducer<T> : IStreamProducer
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IAsyncEnumerator<T> _items;
    private readonly int _maxBatchSize;
    private Task<bool>? _pending;
    private Task? _end;
    private bool _used;
    private bool _busy;

    public StreamProducer(Activation activation, StreamCall<T> call, object target)
    {
        _activation = activation;
        _maxBatchSize = call.MaxBatchSize;
        call.Token = _cancellation.Token;
        _items = call.Invoke(target).GetAsyncEnumerator(_cancellation.Token);
        activation.Streams.Add(this);
    }

    public Activation Activation => _activation;

    /// <summary>Cancels the producing method, from any thread.</summary>
    public void Cancel() => _activation.Scheduler.Cancel(_cancellation);

    /// <summary>The items at hand or, where there are none, the next one.</summary>
    /// <exception cref="EnumerationAbortedException">The activation ended the enumeration.</exception>
    public async Task<StreamBatch<T>> PullAsync()
    {
        ThrowIfEnded();
        _used = true;
        _busy = true;
        try
        {
            var batch = await CollectAsync() ?? await WaitAsync();
            if (batch.IsLast)
            {
                await EndAsync();
            }

            return batch;
        }
        catch (Exception e) when (e is not EnumerationAbortedException)
        {
            await EndAsync();
            throw;
        }
        finally
        {
            _busy = false;
        }
    }

    public void Abort() => _aborted.TrySetResult();

    public bool CheckAbandoned()
    {
        var abandoned = !_used && !_busy;
        _used = false;
        return abandoned;
    }

    public Task EndAsync() => _end ??= EndOnceAsync();

    private async ValueTask<StreamBatch<T>?> CollectAsync()
    {
        if (_pending is not null)
        {
            return null;
        }

        List<T>? items = null;
        while ((items?.Count ?? 0) < _maxBatchSize)
        {
            var next = _items.MoveNextAsync();
            if (!next.IsCompletedSuccessfully)
            {
                _pending = next.AsTask();
                break;
            }

            if (!await next)
            {
                return new StreamBatch<T>(items ?? [], IsLast: true);
            }

            (items ??= []).Add(_items.Current);
        }

        return items is null ? null : new StreamBatch<T>(items, IsLast: false);
    }

    private async Task<StreamBatch<T>> WaitAsync()
    {
        var pending = _pending!;
        await Task.WhenAny(pending, _aborted.Task);
        if (!pending.IsCompleted)
        {
            ThrowIfEnded();
        }

        _pending = null;
        return await pending ? new StreamBatch<T>([_items.Current], IsLast: false) : new StreamBatch<T>([], IsLast: true);
    }

    private async Task EndOnceAsync()
    {
        _activation.Streams.Remove(this);
        try
        {
            // Cancelling may run the rest of a step at once, which then must find that the end has begun.
            await Task.Yield();
            CancelNow();
            if (_pending is { } pending)
            {
                await ((Task)pending).WaitAsync(_activation.Silo.ResponseTimeout, _activation.Silo.Clock).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
                if (!pending.IsCompleted)
                {
                    throw new TimeoutException("The method did not end when its token was cancelled.");
                }
            }

            await _items.DisposeAsync();
        }
        catch (Exception e)
        {
            Log.StreamNotEnded(_activation.Silo.Logger, _activation.GrainId, e);
        }
        finally
        {
            _aborted.TrySetResult();
        }
    }

    /// <summary>Not CancelAsync, which would run the callbacks outside the turn.</summary>
    private void CancelNow() => _cancellation.Cancel();

    private void ThrowIfEnded()
    {
        if (_end is not null || _aborted.Task.IsCompleted)
        {
            throw new EnumerationAbortedException($"{_activation.GrainId} ended the enumeration: it was deactivated, or the next item was not asked for in time.");
        }
    }
}
