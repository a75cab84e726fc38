using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>Finds the object that a change was about, for the Event that tells of it.</summary>
internal sealed class AuditObjects(IPluginRegistry plugins)
{
    private static readonly WatchedKind s_namespaces = new("", "namespaces", ["v1"]);
    private static readonly WatchedKind s_secrets = new("", "secrets", ["v1"]);

    /// <summary>A reference to it, or null where the cluster does not know its kind.</summary>
    public async Task<JsonObject?> FindAsync(AuditRecord record, IKubernetesClient client, CancellationToken cancellationToken)
    {
        var (kind, ns, name) = Where(record);
        if (await client.Discovery.FindResourceAsync(kind.Group, kind.Resource, kind.Versions, cancellationToken) is not { } resource)
        {
            return null;
        }

        var group = resource.Resource.Group.Length > 0 ? resource.Resource.Group + "/" : "";
        var reference = new JsonObject { ["apiVersion"] = group + resource.Resource.Version, ["kind"] = resource.Kind, ["name"] = name };
        if (resource.Namespaced)
        {
            reference["namespace"] = ns;
        }

        if (await UidAsync(record, client, resource.Resource, resource.Namespaced ? ns : null, name, cancellationToken) is { Length: > 0 } uid)
        {
            reference["uid"] = uid;
        }

        return reference;
    }

    private (WatchedKind Kind, string Namespace, string Name) Where(AuditRecord record)
    {
        var target = record.Target;
        var method = record.Method.Name;
        if (method.EndsWith("Namespace", StringComparison.Ordinal))
        {
            return (s_namespaces, "", target.Namespace);
        }

        if (method.EndsWith("Secret", StringComparison.Ordinal))
        {
            return (s_secrets, target.Namespace, target.Name);
        }

        var plugin = plugins.Find(target.Plugin);
        var kind = method.EndsWith("PackageRepository", StringComparison.Ordinal) ? plugin?.Repositories?.RepositoryKind : plugin?.Packages?.InstalledKinds[0];
        // A format that keeps its packages in Secrets, as Helm does, has no object of a package's name.
        return kind is null || kind.Group.Length == 0 || target.Namespace.Length == 0
            ? (s_namespaces, "", target.Namespace.Length > 0 ? target.Namespace : "default")
            : (kind, target.Namespace, target.Name);
    }

    // Without it "kubectl describe" does not find the Event; what is gone, or hidden from the caller, has none.
    private static async Task<string?> UidAsync(AuditRecord record, IKubernetesClient client, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        if (record.Identity is null || record.Method.Name.StartsWith("Delete", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return (await client.GetAsync(record.Identity, resource, ns, name, cancellationToken)).Text("metadata", "uid");
        }
        catch (KubernetesException)
        {
            return null;
        }
    }
}
