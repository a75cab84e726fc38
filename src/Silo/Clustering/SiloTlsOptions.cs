namespace Wego.Silo;

/// <summary>The section <c>Wego:Cluster:Tls</c>: PEM files, as cert-manager writes them into a Secret. All three or none.</summary>
internal sealed class SiloTlsOptions
{
    /// <summary>The certificate of this process, with those between it and the authority.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Its key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The authorities that all processes of the cluster have their certificates from, and nobody else.</summary>
    public string Authority { get; set; } = "";

    /// <summary>How often the files are looked at again: certificates are renewed while processes run. From one millisecond to a day.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsOn => Certificate.Length > 0;

    public bool IsComplete => (Certificate.Length > 0) == (Key.Length > 0) && (Key.Length > 0) == (Authority.Length > 0);
}
