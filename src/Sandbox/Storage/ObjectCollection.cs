using System.Collections.Immutable;

namespace Wego.Sandbox.Storage;

/// <summary>
/// The objects of one resource and the recent changes to them. Past states are not stored: they are computed by undoing
/// changes, so a listing that continues costs nothing until it is continued. Guarded by the store's lock.
/// </summary>
internal sealed class ObjectCollection(int historyLimit)
{
    private readonly List<StoreChange> _history = [];
    private int _start;
    private TaskCompletionSource _changed = New();

    public ImmutableSortedDictionary<ObjectKey, StoredObject> Objects { get; private set; } = ImmutableSortedDictionary<ObjectKey, StoredObject>.Empty;

    /// <summary>Changes after this resource version are still known.</summary>
    public long Oldest { get; private set; }

    /// <summary>The resource version of the latest change.</summary>
    public long Latest { get; private set; }

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public void Commit(StoreChange change)
    {
        Objects = change.Type == ChangeType.Deleted ? Objects.Remove(change.Current.Key) : Objects.SetItem(change.Current.Key, change.Current);
        Latest = change.ResourceVersion;
        _history.Add(change);
        if (_history.Count - _start > historyLimit)
        {
            Oldest = _history[_start].ResourceVersion;
            _history[_start++] = null!;
            if (_start > historyLimit)
            {
                _history.RemoveRange(0, _start);
                _start = 0;
            }
        }

        Signal();
    }

    /// <summary>Forgets the history up to and including the resource version.</summary>
    public void Compact(long resourceVersion)
    {
        _history.Clear();
        _start = 0;
        Oldest = resourceVersion;
    }

    /// <summary>Replaces everything, as a server that came back from a backup would.</summary>
    public void Reset(ImmutableSortedDictionary<ObjectKey, StoredObject> objects, long oldest)
    {
        Objects = objects;
        Latest = oldest;
        Compact(oldest);
        Signal();
    }

    /// <summary>The changes after a resource version, oldest first.</summary>
    /// <exception cref="HistoryExpiredException">Some of them are forgotten.</exception>
    public List<StoreChange> ChangesAfter(long resourceVersion)
    {
        if (resourceVersion < Oldest)
        {
            throw new HistoryExpiredException(resourceVersion, Oldest);
        }

        var low = _start;
        var high = _history.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_history[middle].ResourceVersion <= resourceVersion)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _history.GetRange(low, _history.Count - low);
    }

    /// <summary>The objects as they were at a resource version.</summary>
    /// <exception cref="HistoryExpiredException">That state is forgotten.</exception>
    public ImmutableSortedDictionary<ObjectKey, StoredObject> ObjectsAt(long resourceVersion)
    {
        var objects = Objects.ToBuilder();
        foreach (var change in Enumerable.Reverse(ChangesAfter(resourceVersion)))
        {
            if (change.Previous is { } previous)
            {
                objects[previous.Key] = previous;
            }
            else
            {
                objects.Remove(change.Current.Key);
            }
        }

        return objects.ToImmutable();
    }

    /// <summary>Wakes everything that waits for a change.</summary>
    public void Signal()
    {
        var changed = _changed;
        _changed = New();
        changed.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
