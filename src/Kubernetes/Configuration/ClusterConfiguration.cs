using System.Security.Cryptography.X509Certificates;

namespace Wego.Kubernetes;

/// <summary>
/// Where a cluster's API server is, how to trust it and who the service is there. Its text form never contains a credential.
/// </summary>
/// <param name="Server">The base URL; a path in it is kept (API servers behind a proxy).</param>
public sealed record ClusterConfiguration(Uri Server)
{
    /// <summary>Where the configuration came from, for messages: a file and context, or <c>in-cluster</c>.</summary>
    public string Origin { get; init; } = "configuration";

    /// <summary>The certificates to trust instead of the system's; null for the system's.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>
    /// A file with those certificates, read again every minute so that a renewed authority is trusted without a restart; null where they
    /// came by another way.
    /// </summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Accept any server certificate. For experiments only.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name to ask for and to expect in the server's certificate; null for the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy (<c>http</c>, <c>https</c> or <c>socks5</c>); null for the environment's.</summary>
    public Uri? ProxyUrl { get; init; }

    /// <summary>Whether <c>HTTPS_PROXY</c> and its kin apply. Off in a cluster, where <c>NO_PROXY</c> often names ranges that .NET does not read.</summary>
    public bool UseEnvironmentProxy { get; init; }

    /// <summary>The namespace of the context or the service account; <c>default</c> where none is set.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>Who the service is.</summary>
    public UserConfiguration User { get; init; } = new();

    /// <summary>Why the service cannot call this cluster as itself, and what to do about it; null where it can.</summary>
    public string? MissingServiceIdentity { get; init; }

    /// <summary>The proxy that requests with callers' tokens go through; null for none.</summary>
    public PinnipedProxy? CallerProxy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)} ({Origin})";
}
