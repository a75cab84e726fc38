using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Storage;

/// <summary>All objects, with one resource version for the whole store that grows by one with every write.</summary>
internal sealed class ObjectStore(int historyLimit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GroupResource, ObjectCollection> _collections = [];
    private readonly List<IStoreReactor> _reactors = [];
    private readonly Queue<StoreChange> _pending = new();
    private bool _reacting;
    private long _compacted;

    /// <summary>The resource version of the latest write.</summary>
    public long ResourceVersion { get; private set; } = 1;

    public void AddReactor(IStoreReactor reactor) => _reactors.Add(reactor);

    public StoredObject? Get(GroupResource resource, ObjectKey key)
    {
        lock (_gate)
        {
            return Collection(resource).Objects.GetValueOrDefault(key);
        }
    }

    /// <summary>The collections that hold anything.</summary>
    public IReadOnlyList<GroupResource> Resources()
    {
        lock (_gate)
        {
            return [.. _collections.Where(c => !c.Value.Objects.IsEmpty).Select(c => c.Key)];
        }
    }

    public Snapshot Snapshot(GroupResource resource)
    {
        lock (_gate)
        {
            return new Snapshot(ResourceVersion, Collection(resource).Objects);
        }
    }

    /// <summary>A collection as it was.</summary>
    /// <exception cref="HistoryExpiredException">That state is forgotten.</exception>
    public Snapshot SnapshotAt(GroupResource resource, long resourceVersion)
    {
        lock (_gate)
        {
            return new Snapshot(resourceVersion, Collection(resource).ObjectsAt(resourceVersion));
        }
    }

    /// <summary>The changes to a collection after a resource version, the resource version up to which they are complete, and a task that ends when there are more.</summary>
    /// <exception cref="HistoryExpiredException">Some of them are forgotten.</exception>
    public (List<StoreChange> Changes, long UpTo, Task More) ChangesAfter(GroupResource resource, long resourceVersion)
    {
        lock (_gate)
        {
            var collection = Collection(resource);
            return (collection.ChangesAfter(resourceVersion), ResourceVersion, collection.Changed);
        }
    }

    /// <summary>
    /// Reads, decides and writes in one step. The callback gets the present object (null where there is none) and returns
    /// the new one (null for none); what it throws leaves the store as it was.
    /// </summary>
    /// <returns>The object as it is now; of a deletion, its last state.</returns>
    public StoredObject? Change(GroupResource resource, ObjectKey key, Func<StoredObject?, JsonObject?> change, bool dryRun = false)
    {
        lock (_gate)
        {
            var collection = Collection(resource);
            var present = collection.Objects.GetValueOrDefault(key);
            var result = change(present);
            if (result is null && present is null)
            {
                return null;
            }

            if (result is not null && present is not null)
            {
                result.Metadata()["resourceVersion"] = present.Content.ResourceVersion;
                if (JsonNode.DeepEquals(result, present.ToJson()))
                {
                    return present;
                }
            }

            if (dryRun)
            {
                return result is null ? present : StoredObject.Create(result, present?.ResourceVersion ?? ResourceVersion);
            }

            var revision = StoredObject.Create(result ?? present!.ToJson(), ++ResourceVersion);
            var type = result is null ? ChangeType.Deleted : present is null ? ChangeType.Added : ChangeType.Modified;
            var committed = new StoreChange(resource, type, revision, present);
            collection.Commit(committed);
            React(committed);
            return type == ChangeType.Deleted ? revision : collection.Objects.GetValueOrDefault(key) ?? revision;
        }
    }

    /// <summary>Wakes the watches of a collection so that they notice a change of circumstances.</summary>
    public void Wake(GroupResource resource)
    {
        lock (_gate)
        {
            Collection(resource).Signal();
        }
    }

    /// <summary>Forgets past states. Whoever has seen the latest change of a collection can go on from there.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            foreach (var collection in _collections.Values)
            {
                collection.Compact(collection.Latest);
            }
        }
    }

    /// <summary>Forgets everything before now: whoever goes on from any earlier resource version must list again.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _compacted = ++ResourceVersion;
            foreach (var collection in _collections.Values)
            {
                collection.Compact(ResourceVersion);
                collection.Signal();
            }
        }
    }

    /// <summary>Keeps the objects but starts a new history: resource versions begin again, as after a restore from a backup.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            ResourceVersion = 1;
            var renumbered = _collections.ToDictionary(
                entry => entry.Key,
                entry => entry.Value.Objects.Values.OrderBy(o => o.ResourceVersion)
                    .Select(o => StoredObject.Create(o.ToJson(), ++ResourceVersion))
                    .ToImmutableSortedDictionary(o => o.Key, o => o));
            _compacted = ResourceVersion;
            foreach (var (resource, objects) in renumbered)
            {
                _collections[resource].Reset(objects, ResourceVersion);
            }
        }
    }

    private void React(StoreChange committed)
    {
        _pending.Enqueue(committed);
        if (_reacting)
        {
            return;
        }

        _reacting = true;
        try
        {
            while (_pending.TryDequeue(out var change))
            {
                foreach (var reactor in _reactors)
                {
                    reactor.React(change);
                }
            }
        }
        finally
        {
            _reacting = false;
        }
    }

    private ObjectCollection Collection(GroupResource resource)
    {
        if (!_collections.TryGetValue(resource, out var collection))
        {
            collection = new ObjectCollection(historyLimit);
            collection.Compact(_compacted);
            _collections.Add(resource, collection);
        }

        return collection;
    }
}
