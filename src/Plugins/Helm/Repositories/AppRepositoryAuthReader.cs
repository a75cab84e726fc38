using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>Tells callers what login and certificate authority a repository has: redacted where Wego keeps them, by reference where a user does.</summary>
internal static class AppRepositoryAuthReader
{
    public static RepositoryAuth? ReadAuth(KubernetesObject repository, AppRepositorySecrets secrets)
    {
        var passCredentials = repository.Spec.IsTrue("passCredentials");
        return secrets switch
        {
            { Refs.Auth: null } => passCredentials ? new RepositoryAuth { PassCredentials = true } : null,
            _ when secrets.AreManagedFor(repository) => RedactedAuth.Of(secrets.Type) with { PassCredentials = passCredentials },
            _ => new RepositoryAuth { Type = secrets.Type, PassCredentials = passCredentials, SecretRef = secrets.Refs.Auth },
        };
    }

    public static RepositoryTls? ReadTls(KubernetesObject repository, AppRepositorySecrets secrets)
    {
        var skipVerify = repository.Spec.IsTrue("tlsInsecureSkipVerify");
        var isManaged = secrets.AreManagedFor(repository);
        // Kubeapps wrote a reference to an authority beside every login, whether there was one or not.
        return secrets switch
        {
            { Refs.Ca: { } reference } when !isManaged && (secrets.Ca is null || secrets.CertAuthority is not null) => new RepositoryTls(skipVerify, null, reference),
            { CertAuthority: not null } when isManaged => new RepositoryTls(skipVerify, RepositoryAuth.Redacted, null),
            _ => skipVerify ? new RepositoryTls(true, null, null) : null,
        };
    }
}
