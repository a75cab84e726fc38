using System.Diagnostics.CodeAnalysis;

namespace Wego.Frontend;

/// <summary>
/// What is on its way to one reader: at most one value per key, a newer one in the place of an older. Writers never wait,
/// so that a slow client holds back neither a grain's stream nor other clients, and its last state is never lost.
/// </summary>
internal sealed class LatestBuffer<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TValue> _pending = [];
    private readonly Queue<TKey> _order = new();
    private TaskCompletionSource _changed = New();
    private Exception? _failure;
    private bool _completed;

    /// <summary>Puts a value, in the place of an older one of this key.</summary>
    public void Post(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (!_pending.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _pending[key] = value;
            _changed.TrySetResult();
        }
    }

    /// <summary>Ends the stream once everything is read; with a failure where there was one.</summary>
    public void Complete(Exception? failure = null)
    {
        lock (_gate)
        {
            (_completed, _failure) = (true, _failure ?? failure);
            _changed.TrySetResult();
        }
    }

    /// <summary>Values in the order in which their keys were first put since they were last read.</summary>
    public async IAsyncEnumerable<TValue> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var value, out var changed))
            {
                yield return value;
            }
            else if (changed is null)
            {
                yield break;
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake([MaybeNullWhen(false)] out TValue value, out Task? changed)
    {
        lock (_gate)
        {
            changed = null;
            if (_order.TryDequeue(out var key))
            {
                return _pending.Remove(key, out value);
            }

            value = default;
            if (_completed)
            {
                return _failure is null ? false : throw _failure;
            }

            _changed = New();
            changed = _changed.Task;
            return false;
        }
    }
}
