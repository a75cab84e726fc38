namespace Wego.Kubernetes;

/// <summary>Where the default cluster's configuration comes from: the options, or code that knows it only once the host runs.</summary>
internal sealed class ClusterConfigurationSource(Func<ClusterConfiguration>? fromCode)
{
    public ClusterConfiguration Get(KubernetesOptions options) => fromCode?.Invoke() ?? ClusterConfigurationLoader.Load(options.Kubeconfig, options.Context);

    /// <summary>Loads what can be loaded before the host runs, to find mistakes at start.</summary>
    public void Check(KubernetesOptions options)
    {
        if (fromCode is null)
        {
            _ = ClusterConfigurationLoader.Load(options.Kubeconfig, options.Context);
        }
    }
}
