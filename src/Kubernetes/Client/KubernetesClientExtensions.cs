namespace Wego.Kubernetes;

/// <summary>What is often asked of a client in several steps.</summary>
public static class KubernetesClientExtensions
{
    /// <summary>Reads one object, or null where there is none.</summary>
    /// <exception cref="KubernetesException">It could not be read.</exception>
    public static async Task<KubernetesObject?> FindAsync(
        this IKubernetesClient client, KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            return await client.GetAsync(identity, resource, ns, name, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.NotFound)
        {
            return null;
        }
    }
}
