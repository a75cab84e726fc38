namespace Wego.Plugins.Flux;

/// <summary>Puts the stored value wherever a request says <see cref="RepositoryAuth.Redacted"/>.</summary>
internal static class CredentialsMerger
{
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: a value is missing, or to be kept where none is stored.</exception>
    public static CredentialValues Merge(RepositoryAuth? auth, string? certAuthority, CredentialValues stored)
    {
        var values = new CredentialValues
        {
            CertAuthority = certAuthority is null ? null : Keep("tls_config.cert_authority", certAuthority, stored.CertAuthority),
        };
        return auth?.Type switch
        {
            RepositoryAuthType.BasicAuth => values with { Basic = Basic(auth.UsernamePassword, stored.Basic) },
            RepositoryAuthType.Tls => values with { ClientCert = ClientCert(auth.TlsCertKey, stored.ClientCert) },
            RepositoryAuthType.DockerConfigJson => values with { Docker = Docker(auth.DockerCredentials, stored.Docker) },
            _ => values,
        };
    }

    private static UsernamePassword Basic(UsernamePassword? given, UsernamePassword? stored) => new(
        Keep("auth.username_password.username", given?.Username, stored?.Username),
        Keep("auth.username_password.password", given?.Password, stored?.Password));

    private static TlsCertKey ClientCert(TlsCertKey? given, TlsCertKey? stored) => new(
        Keep("auth.tls_cert_key.cert", given?.Cert, stored?.Cert),
        Keep("auth.tls_cert_key.key", given?.Key, stored?.Key));

    private static DockerCredentials Docker(DockerCredentials? given, DockerCredentials? stored) => new(
        Keep("auth.docker_creds.server", given?.Server, stored?.Server),
        Keep("auth.docker_creds.username", given?.Username, stored?.Username),
        Keep("auth.docker_creds.password", given?.Password, stored?.Password),
        given?.Email == RepositoryAuth.Redacted ? stored?.Email ?? "" : given?.Email ?? "");

    private static string Keep(string field, string? given, string? stored) => given switch
    {
        null or "" => throw PackageException.InvalidField(field, "a value is needed."),
        RepositoryAuth.Redacted => stored ?? throw PackageException.InvalidField(field, $"{RepositoryAuth.Redacted} keeps a stored value, but none is stored; give the value."),
        _ => given,
    };
}
