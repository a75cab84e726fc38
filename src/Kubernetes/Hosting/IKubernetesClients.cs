namespace Wego.Kubernetes;

/// <summary>The clusters that Wego serves, by name.</summary>
public interface IKubernetesClients
{
    /// <summary>The cluster meant where a request names none.</summary>
    string DefaultClusterName { get; }

    /// <summary>The names of all clusters, the default one first.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The client of a cluster; an empty name and <c>-</c> mean the default one.</summary>
    /// <exception cref="UnknownClusterException">There is no such cluster.</exception>
    /// <exception cref="ClusterConfigurationException">The cluster's configuration cannot be used.</exception>
    IKubernetesClient Get(string cluster);
}
