namespace Wego.Plugins.Secrets;

/// <summary>
/// What a request says of credentials: the values themselves, or references to Secrets that the user keeps, but never both; and
/// a repository stays with what it began with until its credentials are removed.
/// </summary>
public sealed class CredentialsRequest
{
    /// <summary>Reads the request.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: values and references are mixed.</exception>
    public CredentialsRequest(RepositoryAuth? auth, RepositoryTls? tls)
    {
        AuthReference = NameOf(auth?.SecretRef);
        TlsReference = NameOf(tls?.SecretRef);
        CertAuthority = string.IsNullOrEmpty(tls?.CertAuthority) ? null : tls.CertAuthority;
        HasAuthValues = auth is not null && HasValues(auth);
        if (HasAnyValues && HasReference)
        {
            throw PackageException.InvalidField("auth", "give either references to Secrets or the values themselves, not both.");
        }
    }

    /// <summary>The Secret that the auth names, or null.</summary>
    public string? AuthReference { get; }

    /// <summary>The Secret that the TLS settings name, or null.</summary>
    public string? TlsReference { get; }

    /// <summary>The certificate authority that is given, or null.</summary>
    public string? CertAuthority { get; }

    /// <summary>Whether the auth holds values.</summary>
    public bool HasAuthValues { get; }

    /// <summary>Whether any Secret is named.</summary>
    public bool HasReference => AuthReference is not null || TlsReference is not null;

    /// <summary>Whether any value is given.</summary>
    public bool HasAnyValues => HasAuthValues || CertAuthority is not null;

    /// <summary>Refuses a change from values to references and back.</summary>
    /// <param name="isManaged">Whether Wego made the Secrets that the repository has now.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public void RequireSameMode(bool isManaged)
    {
        if (isManaged ? HasReference : HasAnyValues)
        {
            throw PackageException.InvalidField("auth", isManaged
                ? "the repository's Secret was made from values given here; give values, not a reference, or remove the credentials first."
                : "the repository uses a Secret that you keep; give a reference to it, not values, or remove the reference first.");
        }
    }

    private static bool HasValues(RepositoryAuth auth) =>
        auth.UsernamePassword is not null || auth.TlsCertKey is not null || auth.DockerCredentials is not null
        || auth.SshCredentials is not null || auth.OpaqueCredentials is not null || !string.IsNullOrEmpty(auth.Header);

    private static string? NameOf(SecretKeyRef? reference) => string.IsNullOrEmpty(reference?.Name) ? null : reference.Name;
}
