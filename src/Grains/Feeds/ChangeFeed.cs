namespace Wego.Grains;

/// <summary>
/// Hands changes to subscribers that read at their own pace. A subscriber holds at most one pending change per key: a
/// newer one takes the place of an older, so memory is bounded by the number of keys and the last state is never lost.
/// Used from the turns of one grain, and so without locks.
/// </summary>
internal sealed class ChangeFeed<TKey, TChange>
    where TKey : notnull
{
    private readonly HashSet<FeedSubscription<TKey, TChange>> _subscriptions = [];

    /// <summary>How many subscribers there are.</summary>
    public int Count => _subscriptions.Count;

    public FeedSubscription<TKey, TChange> Subscribe()
    {
        var subscription = new FeedSubscription<TKey, TChange>(s => _subscriptions.Remove(s));
        _subscriptions.Add(subscription);
        return subscription;
    }

    public void Publish(TKey key, TChange change)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Post(key, change);
        }
    }
}
