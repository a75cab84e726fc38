namespace Wego.Kubernetes;

/// <summary>
/// One cluster of the clusters file (<see cref="KubernetesOptions.ClustersConfigPath"/>) or of the section <c>Wego:Clusters</c>. The names
/// are those of Kubeapps. Its text form contains no credential.
/// </summary>
public sealed class ClusterEntry
{
    /// <summary>What the cluster is called in package contexts.</summary>
    public string Name { get; set => field = value ?? ""; } = "";

    /// <summary>The API server's base URL; empty for the cluster that Wego runs on.</summary>
    public string ApiServiceURL { get; set => field = value ?? ""; } = "";

    /// <summary>The certificates to trust, PEM in base64; empty for the system's.</summary>
    public string CertificateAuthorityData { get; set => field = value ?? ""; } = "";

    /// <summary>The bearer token by which Wego itself reads there; empty to do without.</summary>
    public string ServiceToken { get; set => field = value ?? ""; } = "";

    /// <summary>Accept any server certificate. For experiments only.</summary>
    public bool Insecure { get; set; }

    /// <summary>Whether this is the cluster that Wego runs on though it has a URL.</summary>
    public bool IsKubeappsCluster { get; set; }

    /// <summary>Whether users' tokens are exchanged by a Pinniped proxy.</summary>
    public PinnipedEntry PinnipedConfig { get; set => field = value ?? new PinnipedEntry(); } = new();

    /// <summary>Where the entry is, for messages.</summary>
    internal string Origin { get; set; } = "";

    /// <summary>Whether it stands for the cluster that Wego runs on.</summary>
    internal bool IsDefault => IsKubeappsCluster || ApiServiceURL.Length == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Origin} ('{Name}')";
}
