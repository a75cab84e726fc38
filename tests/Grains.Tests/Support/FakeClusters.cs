using Wego.Kubernetes;

namespace Wego.Grains.Tests;

/// <summary>The one cluster of a test.</summary>
internal sealed class FakeClusters(FakeKubernetesClient client) : IKubernetesClients
{
    public string DefaultClusterName => client.ClusterName;

    public IReadOnlyList<string> Names => [client.ClusterName];

    public IKubernetesClient Get(string cluster) => client;
}
