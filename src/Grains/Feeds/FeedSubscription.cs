namespace Wego.Grains;

/// <summary>One subscriber of a <see cref="ChangeFeed{TKey, TChange}"/>. Used from the turns of one grain.</summary>
internal sealed class FeedSubscription<TKey, TChange>(Action<FeedSubscription<TKey, TChange>> unsubscribe) : IDisposable
    where TKey : notnull
{
    private readonly Dictionary<TKey, TChange> _pending = [];
    private readonly Queue<TKey> _order = new();
    private TaskCompletionSource? _waiting;

    public void Post(TKey key, TChange change)
    {
        if (!_pending.ContainsKey(key))
        {
            _order.Enqueue(key);
        }

        _pending[key] = change;
        _waiting?.TrySetResult();
    }

    /// <summary>The next change, in the order in which keys first changed since they were last read.</summary>
    public async ValueTask<TChange> ReadAsync(CancellationToken cancellationToken)
    {
        TKey? key;
        while (!_order.TryDequeue(out key))
        {
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _waiting.Task.WaitAsync(cancellationToken);
        }

        _pending.Remove(key, out var change);
        return change!;
    }

    public void Dispose() => unsubscribe(this);
}
