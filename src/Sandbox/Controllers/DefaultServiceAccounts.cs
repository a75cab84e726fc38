using System.Text.Json.Nodes;
using Wego.Sandbox.Admission;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Controllers;

/// <summary>Gives every namespace its service account <c>default</c>.</summary>
internal sealed class DefaultServiceAccounts(ResourceRegistry registry, ObjectWriter writer, ObjectStore store) : IStoreReactor
{
    private const string Name = "default";
    private static readonly GroupResource ServiceAccounts = new("", "serviceaccounts");

    public void React(StoreChange change)
    {
        var @namespace = change.Resource == NamespaceLifecycle.Namespaces ? change.Current.Key.Name
            : change.Resource == ServiceAccounts && change.Type == ChangeType.Deleted && change.Current.Key.Name == Name ? change.Current.Key.Namespace
            : null;
        if (@namespace is null || store.Get(NamespaceLifecycle.Namespaces, new ObjectKey("", @namespace)) is not { Content.IsDeleting: false }
            || store.Get(ServiceAccounts, new ObjectKey(@namespace, Name)) is not null)
        {
            return;
        }

        var definition = registry.Find(ServiceAccounts)!;
        writer.Create(
            new WriteRequest { Resource = definition, Version = definition.Versions[0], Namespace = @namespace, Name = Name, FieldManager = "kube-controller-manager" },
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = Name } });
    }
}
