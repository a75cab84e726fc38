using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Kubernetes;

namespace Wego.Plugins.Resources;

/// <summary>Which cluster and namespace a request means.</summary>
internal sealed class RequestScope(IKubernetesClients clusters)
{
    /// <summary>The cluster of that name; an empty name and <c>-</c> stand for the one that Wego runs on.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: there is no such cluster.</exception>
    public IKubernetesClient Cluster(string? name, string field)
    {
        try
        {
            return clusters.Get(string.IsNullOrEmpty(name) || name == "-" ? clusters.DefaultClusterName : name);
        }
        catch (UnknownClusterException e)
        {
            throw new PackageException(PackageErrorCode.FailedPrecondition, $"{field}: {e.Message}", e);
        }
    }

    /// <summary>The cluster and the namespace of a context.</summary>
    /// <exception cref="PackageException">The namespace is missing, or there is no such cluster.</exception>
    public (IKubernetesClient Client, string Namespace) Namespace(Context? context) =>
        string.IsNullOrEmpty(context?.Namespace)
            ? throw PackageException.InvalidField("context.namespace", "give the namespace.")
            : (Cluster(context.Cluster, "context.cluster"), context.Namespace);

    /// <summary>Whether this is the cluster that Wego runs on.</summary>
    public bool IsDefault(IKubernetesClient client) => client.ClusterName == clusters.DefaultClusterName;
}
