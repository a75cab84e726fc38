using System.Text;

namespace Wego.Plugins.Charts;

/// <summary>How to agree on TLS with a repository. Its text form contains no key.</summary>
public sealed record ChartTls
{
    /// <summary>The authorities of the system, and the name has to match.</summary>
    public static ChartTls Default { get; } = new();

    /// <summary>The only certificate authorities to trust, PEM; empty means those of the system.</summary>
    public string CertificateAuthorities { get; init; } = "";

    /// <summary>The certificate to identify oneself with, PEM, with its chain; empty means none.</summary>
    public string ClientCertificate { get; init; } = "";

    /// <summary>The key of <see cref="ClientCertificate"/>, PEM, not encrypted.</summary>
    public string ClientKey { get; init; } = "";

    /// <summary>Whether to accept any certificate.</summary>
    public bool InsecureSkipVerify { get; init; }

    /// <summary>A key to share connections by, from which nothing can be learnt.</summary>
    internal ContentDigest Fingerprint => ContentDigest.Compute(
        Encoding.UTF8.GetBytes(string.Join('\0', CertificateAuthorities, ClientCertificate, ClientKey, InsecureSkipVerify ? "insecure" : "")));

    /// <inheritdoc/>
    public override string ToString() => "[TLS settings]";
}
