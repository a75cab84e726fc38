using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Deletion;

/// <summary>Deletes objects whose owners are gone, and carries out foreground deletion and orphaning.</summary>
internal sealed class GarbageCollection(ObjectStore store, ResourceRegistry registry, ObjectDeleter deleter) : IStoreReactor
{
    private readonly OwnerIndex _index = new();

    public void React(StoreChange change)
    {
        _index.Update(change);
        if (change.Type == ChangeType.Deleted)
        {
            foreach (var dependent in _index.DependentsOf(change.Current.Uid))
            {
                Collect(dependent.Resource, dependent.Key, DeletionOptions.Background);
            }

            foreach (var (uid, _) in OwnerIndex.OwnersOf(change.Current))
            {
                ReleaseForeground(uid);
            }

            return;
        }

        if (change.Type == ChangeType.Added && OwnerIndex.OwnersOf(change.Current).Any())
        {
            Collect(change.Resource, change.Current.Key, DeletionOptions.Background);
        }

        if (change.Current.Content.IsDeleting)
        {
            var finalizers = change.Current.ToJson().Metadata().Strings("finalizers").ToArray();
            if (finalizers.Contains(ObjectDeleter.OrphanFinalizer))
            {
                Orphan(change.Resource, change.Current);
            }
            else if (finalizers.Contains(ObjectDeleter.ForegroundFinalizer))
            {
                DeleteForeground(change.Current);
            }
        }
    }

    /// <summary>Deletes an object once none of its owners exists; drops references to those that are gone otherwise.</summary>
    private void Collect(GroupResource resource, ObjectKey key, DeletionOptions options)
    {
        if (store.Get(resource, key) is not { } dependent || registry.Find(resource) is not { } definition)
        {
            return;
        }

        var owners = OwnerIndex.OwnersOf(dependent).ToArray();
        if (owners.Length == 0)
        {
            return;
        }

        if (owners.Any(o => _index.Exists(o.Uid)))
        {
            var gone = owners.Where(o => !_index.Exists(o.Uid)).Select(o => o.Uid).ToHashSet(StringComparer.Ordinal);
            if (gone.Count > 0)
            {
                DropReferences(resource, key, gone);
            }

            return;
        }

        if (!dependent.Content.IsDeleting)
        {
            Delete(definition, key, options);
        }
    }

    private void DeleteForeground(StoredObject owner)
    {
        foreach (var (resource, key) in _index.DependentsOf(owner.Uid))
        {
            if (store.Get(resource, key) is { Content.IsDeleting: false } dependent && registry.Find(resource) is { } definition
                && OwnerIndex.OwnersOf(dependent).All(o => string.Equals(o.Uid, owner.Uid, StringComparison.Ordinal) || !_index.Exists(o.Uid)))
            {
                Delete(definition, key, DeletionOptions.Background with { Propagation = PropagationPolicy.Foreground });
            }
        }

        ReleaseForeground(owner.Uid);
    }

    /// <summary>Takes the finalizer off an owner that waits for dependents, once none of those that block it is left.</summary>
    private void ReleaseForeground(string uid)
    {
        if (_index.Find(uid) is not { } owner || store.Get(owner.Resource, owner.Key) is not { Content.IsDeleting: true } present
            || !present.ToJson().Metadata().Strings("finalizers").Contains(ObjectDeleter.ForegroundFinalizer))
        {
            return;
        }

        var blocked = _index.DependentsOf(uid).Any(d => store.Get(d.Resource, d.Key) is { } dependent
            && OwnerIndex.OwnersOf(dependent).Any(o => o.Blocks && string.Equals(o.Uid, uid, StringComparison.Ordinal)));
        if (!blocked)
        {
            RemoveFinalizer(owner.Resource, owner.Key, ObjectDeleter.ForegroundFinalizer);
        }
    }

    private void Orphan(GroupResource resource, StoredObject owner)
    {
        foreach (var dependent in _index.DependentsOf(owner.Uid))
        {
            DropReferences(dependent.Resource, dependent.Key, new HashSet<string>(StringComparer.Ordinal) { owner.Uid });
        }

        RemoveFinalizer(resource, owner.Key, ObjectDeleter.OrphanFinalizer);
    }

    private void Delete(ResourceDefinition definition, ObjectKey key, DeletionOptions options) => deleter.Delete(
        new WriteRequest { Resource = definition, Version = definition.Versions[0], Namespace = key.Namespace, Name = key.Name },
        options);

    private void DropReferences(GroupResource resource, ObjectKey key, HashSet<string> owners) => store.Change(resource, key, present =>
    {
        var body = present?.ToJson();
        if (body?.Metadata().Array("ownerReferences") is { } references)
        {
            var kept = references.Where(r => !owners.Contains(r.Text("uid") ?? "")).Select(r => r?.DeepClone()).ToArray();
            if (kept.Length == 0)
            {
                body.Metadata().Remove("ownerReferences");
            }
            else
            {
                body.Metadata()["ownerReferences"] = new JsonArray(kept);
            }
        }

        return body;
    });

    private void RemoveFinalizer(GroupResource resource, ObjectKey key, string finalizer) => store.Change(resource, key, present =>
    {
        var body = present?.ToJson();
        if (body is null)
        {
            return null;
        }

        body.Metadata()["finalizers"] = body.Metadata().Strings("finalizers").Where(f => f != finalizer).ToJsonArray();
        return Finalization.IsComplete(body) ? null : body;
    });
}
