using Wego.Kubernetes;

namespace Wego.Resources.Tests;

/// <summary>The clusters of a test; the first is the default one.</summary>
internal sealed class FakeClusters(params FakeKubernetesClient[] clients) : IKubernetesClients
{
    public string DefaultClusterName => clients[0].ClusterName;

    public IReadOnlyList<string> Names => [.. clients.Select(c => c.ClusterName)];

    public IKubernetesClient Get(string cluster) =>
        clients.FirstOrDefault(c => c.ClusterName == cluster) ?? throw new UnknownClusterException(cluster, string.Join(", ", Names));
}
