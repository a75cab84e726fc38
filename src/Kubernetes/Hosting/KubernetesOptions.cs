namespace Wego.Kubernetes;

/// <summary>The section <c>Wego:Kubernetes</c>.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Kubernetes";

    /// <summary>The name of the section with further clusters, a list of <see cref="ClusterEntry"/>.</summary>
    public const string ClustersSection = "Wego:Clusters";

    internal const string DefaultClusterName = "default";

    internal const string DefaultPinnipedProxyUrl = "http://kubeapps-internal-pinniped-proxy.kubeapps:3333";

    /// <summary>What the cluster is called in package contexts, unless an entry for it among the clusters says otherwise.</summary>
    public string ClusterName { get; set; } = DefaultClusterName;

    /// <summary>A JSON file with an array of <see cref="ClusterEntry"/>, as kubeapps-apis takes it; empty for none.</summary>
    public string? ClustersConfigPath { get; set; }

    /// <summary>The Pinniped proxy, for clusters with <c>pinnipedConfig</c>.</summary>
    public string PinnipedProxyUrl { get; set; } = DefaultPinnipedProxyUrl;

    /// <summary>A PEM file with the certificates to trust at the Pinniped proxy; empty for the system's.</summary>
    public string? PinnipedProxyCaCert { get; set; }

    /// <summary>Kubeconfig files, separated as in <c>PATH</c>; empty for <c>$KUBECONFIG</c>, the pod's service account or <c>~/.kube/config</c>.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>The kubeconfig's context; empty for its current one.</summary>
    public string? Context { get; set; }

    /// <summary>Requests per second to the API server in the long run, counted apart for Wego and for its callers; 0 for no limit.</summary>
    public double Qps { get; set; } = 50;

    /// <summary>Requests that may go at once after a pause.</summary>
    public int Burst { get; set; } = 100;

    /// <summary>How long one call may take, with waiting and retries.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting to the API server may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many requests in a row without any answer a cluster is taken to be unreachable: then calls fail at once, but for one now and then that tries.</summary>
    public int BreakAfter { get; set; } = 3;

    /// <summary>The longest time between two such tries; it begins with one second and doubles.</summary>
    public TimeSpan MaxBreak { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an access review that allowed is believed.</summary>
    public TimeSpan AllowedAccessLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an access review that denied is believed.</summary>
    public TimeSpan DeniedAccessLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The section <see cref="ClustersSection"/>.</summary>
    internal List<ClusterEntry> Clusters { get; } = [];
}
