using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Tells callers what credentials a repository has: redacted where Wego keeps them, by reference where a user does.</summary>
internal static class RepositoryAuthReader
{
    public static RepositoryAuth? ReadAuth(KubernetesObject repository, RepositorySecrets secrets)
    {
        var passCredentials = repository.Spec.IsTrue("passCredentials");
        var type = secrets.Type;
        if (type == RepositoryAuthType.Unspecified)
        {
            return passCredentials ? new RepositoryAuth { PassCredentials = true } : null;
        }

        var auth = new RepositoryAuth { Type = type, PassCredentials = passCredentials };
        if (!secrets.AreManagedFor(repository))
        {
            var holder = type == RepositoryAuthType.Tls && secrets.Cert is not null ? secrets.Cert : secrets.Auth;
            return auth with { SecretRef = new SecretKeyRef(holder!.Name, "") };
        }

        const string Hidden = RepositoryAuth.Redacted;
        return type switch
        {
            RepositoryAuthType.BasicAuth => auth with { UsernamePassword = new UsernamePassword(Hidden, Hidden) },
            RepositoryAuthType.Tls => auth with { TlsCertKey = new TlsCertKey(Hidden, Hidden) },
            RepositoryAuthType.DockerConfigJson => auth with { DockerCredentials = new DockerCredentials(Hidden, Hidden, Hidden, Hidden) },
            _ => auth with { Header = Hidden },
        };
    }

    public static RepositoryTls? ReadTls(KubernetesObject repository, RepositorySecrets secrets)
    {
        if (secrets.AreManagedFor(repository))
        {
            return secrets.CertAuthority is null ? null : new RepositoryTls(false, RepositoryAuth.Redacted, null);
        }

        // A certificate Secret is told even without an authority where it stands beside other credentials: an update would lose it.
        var isBesideAuth = secrets.Cert is not null && secrets.Type is not (RepositoryAuthType.Tls or RepositoryAuthType.Unspecified);
        return secrets.CertAuthority is null && !isBesideAuth ? null
            : new RepositoryTls(false, null, new SecretKeyRef((secrets.Cert ?? secrets.Auth)!.Name, ""));
    }
}
