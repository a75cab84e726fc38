using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>Finds what a cluster serves of the kinds that a plugin knows.</summary>
public static class ServedKinds
{
    /// <summary>The resource in the best version that the cluster serves.</summary>
    /// <param name="kind">The kind, with the versions known.</param>
    /// <param name="discovery">What the cluster serves.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="product">What brings the kind to a cluster.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the product is not installed, or older than what is known here.</exception>
    public static async ValueTask<GroupVersionResource> FindServedAsync(
        this WatchedKind kind, IApiDiscovery discovery, string cluster, string product, CancellationToken cancellationToken)
    {
        var served = await discovery.FindResourceAsync(kind.Group, kind.Resource, kind.Versions, cancellationToken);
        return served?.Resource ?? throw new PackageException(
            PackageErrorCode.FailedPrecondition,
            $"The cluster {cluster} serves {kind.GroupResource} in none of the versions {string.Join(", ", kind.Versions)}: install {product}, or update it.");
    }
}
