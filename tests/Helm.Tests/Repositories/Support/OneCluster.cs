using Wego.Kubernetes;

namespace Wego.Helm.Tests.Repositories;

/// <summary>A single cluster, by any name.</summary>
internal sealed class OneCluster(IKubernetesClient client) : IKubernetesClients
{
    public string DefaultClusterName => client.ClusterName;

    public IReadOnlyList<string> Names => [DefaultClusterName];

    public IKubernetesClient Get(string cluster) => client;
}
