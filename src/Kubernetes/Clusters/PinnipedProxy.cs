namespace Wego.Kubernetes;

/// <summary>
/// The proxy that exchanges a user's token for a certificate of the target cluster and replays the request there. It learns the target
/// from two headers.
/// </summary>
/// <param name="Url">The proxy's base URL.</param>
public sealed record PinnipedProxy(Uri Url)
{
    /// <summary>The header that names the API server.</summary>
    internal const string ServerHeader = "PINNIPED_PROXY_API_SERVER_URL";

    /// <summary>The header with the API server's certificate authority.</summary>
    internal const string CertificateHeader = "PINNIPED_PROXY_API_SERVER_CERT";

    /// <summary>A file with the certificates to trust at the proxy, read again when it changes; null for the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The API server's URL; null for the proxy's own cluster.</summary>
    public string? ApiServer { get; init; }

    /// <summary>The API server's certificate authority, PEM in base64, or null.</summary>
    public string? ApiServerCertificateData { get; init; }
}
