namespace Wego.Kubernetes;

/// <summary>A client certificate and its key as PEM: either inline or in files that may be rotated. Its text form shows neither.</summary>
public sealed record ClientCertificateConfiguration
{
    /// <summary>The certificate chain, leaf first, as PEM; null where <see cref="CertificateFile"/> has it.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>The private key as PEM; null where <see cref="KeyFile"/> has it.</summary>
    public string? KeyPem { get; init; }

    /// <summary>The file with the certificate chain.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The file with the private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether a file can change under a running process.</summary>
    public bool IsRotatable => (CertificatePem is null && CertificateFile is not null) || (KeyPem is null && KeyFile is not null);

    /// <inheritdoc/>
    public override string ToString() => "client certificate";
}
