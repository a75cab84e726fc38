namespace Wego.Plugins.Secrets;

/// <summary>Credentials as a read shows those that Wego keeps.</summary>
public static class RedactedAuth
{
    /// <summary>Credentials of that type with <see cref="RepositoryAuth.Redacted"/> in every field.</summary>
    public static RepositoryAuth Of(RepositoryAuthType type)
    {
        const string Hidden = RepositoryAuth.Redacted;
        var auth = new RepositoryAuth { Type = type };
        return type switch
        {
            RepositoryAuthType.Unspecified => auth,
            RepositoryAuthType.BasicAuth => auth with { UsernamePassword = new UsernamePassword(Hidden, Hidden) },
            RepositoryAuthType.Tls => auth with { TlsCertKey = new TlsCertKey(Hidden, Hidden) },
            RepositoryAuthType.DockerConfigJson => auth with { DockerCredentials = new DockerCredentials(Hidden, Hidden, Hidden, Hidden) },
            RepositoryAuthType.Ssh => auth with { SshCredentials = new SshCredentials(Hidden, Hidden) },
            _ => auth with { Header = Hidden },
        };
    }
}
