using Wego.Kubernetes;

namespace Wego.Clustering.Tests;

/// <summary>The one cluster of a test.</summary>
internal sealed class OneClient(IKubernetesClient client) : IKubernetesClients
{
    public string DefaultClusterName => "default";

    public IReadOnlyList<string> Names => [DefaultClusterName];

    public IKubernetesClient Get(string cluster) => client;
}
