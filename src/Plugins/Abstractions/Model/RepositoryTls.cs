namespace Wego.Plugins;

/// <summary>How a repository's server is verified. At most one of the certificate and the reference is given.</summary>
/// <param name="InsecureSkipVerify">Accept any certificate.</param>
/// <param name="CertAuthority">A certificate authority as PEM, or null.</param>
/// <param name="SecretRef">Where the certificate authority is kept, or null.</param>
[GenerateSerializer, Immutable, Alias("wego.RepositoryTls")]
public sealed record RepositoryTls(bool InsecureSkipVerify, string? CertAuthority, SecretKeyRef? SecretRef);
