namespace Wego.Kubernetes;

/// <summary>The part <c>pinnipedConfig</c> of a <see cref="ClusterEntry"/>. Which authenticator is used is the proxy's business.</summary>
public sealed class PinnipedEntry
{
    /// <summary>Whether requests with users' tokens go through the Pinniped proxy.</summary>
    public bool Enabled { get; set; }

    /// <summary>The older name of <see cref="Enabled"/>.</summary>
    public bool Enable { get; set; }

    internal bool IsEnabled => Enabled || Enable;
}
