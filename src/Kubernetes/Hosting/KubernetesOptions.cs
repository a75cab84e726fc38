namespace Wego.Kubernetes;

/// <summary>The section <c>Wego:Kubernetes</c>.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Kubernetes";

    /// <summary>What the cluster is called in package contexts.</summary>
    public string ClusterName { get; set; } = "default";

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

    /// <summary>For how long an access review that allowed is believed.</summary>
    public TimeSpan AllowedAccessLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an access review that denied is believed.</summary>
    public TimeSpan DeniedAccessLifetime { get; set; } = TimeSpan.FromSeconds(5);
}
