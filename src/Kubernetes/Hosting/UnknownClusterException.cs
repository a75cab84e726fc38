namespace Wego.Kubernetes;

/// <summary>A request named a cluster that is not configured.</summary>
public sealed class UnknownClusterException(string cluster, string known) : Exception($"There is no cluster '{cluster}'. Known: {known}.")
{
    /// <summary>The name that is not known.</summary>
    public string Cluster { get; } = cluster;
}
