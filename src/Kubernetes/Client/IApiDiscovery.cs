namespace Wego.Kubernetes;

/// <summary>Maps kinds to resources, from the discovery documents of the API server. Cached; refreshed when an unknown kind is asked for.</summary>
public interface IApiDiscovery
{
    /// <summary>The resource that serves a kind, or null where the cluster does not know it (after one refresh).</summary>
    ValueTask<ApiResource?> FindKindAsync(string apiVersion, string kind, CancellationToken cancellationToken);

    /// <summary>The resource that serves a kind, in the best version that the cluster serves, or null where it does not know the kind (after one refresh).</summary>
    ValueTask<ApiResource?> FindGroupKindAsync(string group, string kind, CancellationToken cancellationToken);

    /// <summary>
    /// The first of <paramref name="versions"/> in which the cluster serves <paramref name="resource"/> of <paramref name="group"/>,
    /// or null where it serves none (after one refresh).
    /// </summary>
    ValueTask<ApiResource?> FindResourceAsync(string group, string resource, IReadOnlyList<string> versions, CancellationToken cancellationToken);

    /// <summary>The same, on behalf of a caller: whose token is used only where the service has no account of its own on the cluster.</summary>
    IApiDiscovery For(KubernetesIdentity identity);

    /// <summary>Forgets what is cached.</summary>
    void Invalidate();
}
