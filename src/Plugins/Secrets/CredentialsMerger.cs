namespace Wego.Plugins.Secrets;

/// <summary>Puts the stored value wherever a request says <see cref="RepositoryAuth.Redacted"/>.</summary>
public static class CredentialsMerger
{
    /// <summary>The values that a request asks for.</summary>
    /// <param name="auth">The credentials of the request, or null.</param>
    /// <param name="certAuthority">The certificate authority of the request, or null.</param>
    /// <param name="stored">What is stored already.</param>
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
            RepositoryAuthType.Bearer => values with { Token = Keep("auth.header", auth.Header, stored.Token) },
            RepositoryAuthType.AuthorizationHeader => values with { Header = Keep("auth.header", auth.Header, stored.Header) },
            RepositoryAuthType.DockerConfigJson => values with { Docker = Docker(auth.DockerCredentials, stored.Docker, "auth.docker_creds") },
            RepositoryAuthType.Ssh => values with { Ssh = Ssh(auth.SshCredentials, stored.Ssh) },
            _ => values,
        };
    }

    /// <summary>The login of a registry that a request asks for.</summary>
    /// <param name="given">The request's.</param>
    /// <param name="stored">What is stored already, or null.</param>
    /// <param name="field">The field of the request, for errors.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: a value is missing, or to be kept where none is stored.</exception>
    public static DockerCredentials Docker(DockerCredentials? given, DockerCredentials? stored, string field) => new(
        Keep($"{field}.server", given?.Server, stored?.Server),
        Keep($"{field}.username", given?.Username, stored?.Username),
        Keep($"{field}.password", given?.Password, stored?.Password),
        given?.Email == RepositoryAuth.Redacted ? stored?.Email ?? "" : given?.Email ?? "");

    private static UsernamePassword Basic(UsernamePassword? given, UsernamePassword? stored) => new(
        Keep("auth.username_password.username", given?.Username, stored?.Username),
        Keep("auth.username_password.password", given?.Password, stored?.Password));

    private static TlsCertKey ClientCert(TlsCertKey? given, TlsCertKey? stored) => new(
        Keep("auth.tls_cert_key.cert", given?.Cert, stored?.Cert),
        Keep("auth.tls_cert_key.key", given?.Key, stored?.Key));

    private static SshCredentials Ssh(SshCredentials? given, SshCredentials? stored) => new(
        Keep("auth.ssh_creds.private_key", given?.PrivateKey, stored?.PrivateKey),
        given?.KnownHosts == RepositoryAuth.Redacted ? stored?.KnownHosts ?? "" : given?.KnownHosts ?? "");

    private static string Keep(string field, string? given, string? stored) => given switch
    {
        null or "" => throw PackageException.InvalidField(field, "a value is needed."),
        RepositoryAuth.Redacted => stored ?? throw PackageException.InvalidField(field, $"{RepositoryAuth.Redacted} keeps a stored value, but none is stored; give the value."),
        _ => given,
    };
}
