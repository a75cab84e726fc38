using Wego.Kubernetes;
using Wego.Plugins.Secrets;

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

        if (!secrets.AreManagedFor(repository))
        {
            var holder = type == RepositoryAuthType.Tls && secrets.Cert is not null ? secrets.Cert : secrets.Auth;
            return new RepositoryAuth { Type = type, PassCredentials = passCredentials, SecretRef = new SecretKeyRef(holder!.Name, "") };
        }

        return RedactedAuth.Of(type) with { PassCredentials = passCredentials };
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
