using Wego.Sandbox.Admission;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Deletion;

/// <summary>Empties a namespace that is being deleted and lets it go once nothing is left in it.</summary>
internal sealed class NamespaceDeletion(ObjectStore store, ResourceRegistry registry, ObjectDeleter deleter) : IStoreReactor
{
    private const string Finalizer = "kubernetes";

    public void React(StoreChange change)
    {
        if (change.Resource == NamespaceLifecycle.Namespaces)
        {
            if (change.Type == ChangeType.Modified && change.Current.Content.IsDeleting && change.Previous is { Content.IsDeleting: false })
            {
                Empty(change.Current.Key.Name);
                Release(change.Current.Key.Name);
            }
        }
        else if (change.Type == ChangeType.Deleted && change.Current.Key.Namespace.Length > 0
            && store.Get(NamespaceLifecycle.Namespaces, new ObjectKey("", change.Current.Key.Namespace)) is { Content.IsDeleting: true })
        {
            Release(change.Current.Key.Namespace);
        }
    }

    private void Empty(string @namespace)
    {
        foreach (var resource in store.Resources())
        {
            if (registry.Find(resource) is not { Namespaced: true } definition)
            {
                continue;
            }

            foreach (var item in Content(resource, @namespace))
            {
                deleter.Delete(
                    new WriteRequest { Resource = definition, Version = definition.Versions[0], Namespace = @namespace, Name = item.Key.Name },
                    DeletionOptions.Background);
            }
        }
    }

    private IEnumerable<StoredObject> Content(GroupResource resource, string @namespace) =>
        store.Snapshot(resource).Objects.Values.Where(o => string.Equals(o.Key.Namespace, @namespace, StringComparison.Ordinal));

    private void Release(string @namespace)
    {
        if (store.Resources().Any(r => Content(r, @namespace).Any()))
        {
            return;
        }

        store.Change(NamespaceLifecycle.Namespaces, new ObjectKey("", @namespace), present =>
        {
            var body = present?.ToJson();
            if (body is null)
            {
                return null;
            }

            var spec = body.Ensure("spec");
            spec["finalizers"] = spec.Strings("finalizers").Where(f => f is not Finalizer).ToJsonArray();
            return Finalization.IsComplete(body) ? null : body;
        });
    }
}
