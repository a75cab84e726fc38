using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>What the Secret of a repository holds. Its text form shows nothing of it.</summary>
/// <param name="Name">The Secret that the repository names, or null.</param>
/// <param name="Secret">The Secret itself, or null where it is gone.</param>
/// <param name="IsManaged">Whether Wego made it for this repository.</param>
internal sealed record RepositoryCredentials(string? Name, RepositorySecret? Secret, bool IsManaged)
{
    public static RepositoryCredentials None { get; } = new(null, null, false);

    /// <summary>The kind of credentials.</summary>
    public RepositoryAuthType Type => Secret switch
    {
        null => RepositoryAuthType.Unspecified,
        _ when Secret.Find(SecretKeys.Username) is not null && Secret.Find(SecretKeys.Password) is not null => RepositoryAuthType.BasicAuth,
        _ when Secret.Find(SecretKeys.SshPrivateKey) is not null => RepositoryAuthType.Ssh,
        _ when Secret.Find(SecretKeys.DockerConfigJson) is not null => RepositoryAuthType.DockerConfigJson,
        _ when Secret.Find(SecretKeys.Token) is not null => RepositoryAuthType.Bearer,
        _ => RepositoryAuthType.Unspecified,
    };

    /// <summary>The credentials themselves.</summary>
    public CredentialValues Values => Type switch
    {
        RepositoryAuthType.BasicAuth => new CredentialValues { Basic = new UsernamePassword(Text(SecretKeys.Username), Text(SecretKeys.Password)) },
        RepositoryAuthType.Ssh => new CredentialValues { Ssh = new SshCredentials(Text(SecretKeys.SshPrivateKey), Text(SecretKeys.SshKnownHosts)) },
        RepositoryAuthType.DockerConfigJson => new CredentialValues { Docker = DockerConfigSecret.Read(Text(SecretKeys.DockerConfigJson)) },
        RepositoryAuthType.Bearer => new CredentialValues { Token = Text(SecretKeys.Token) },
        _ => CredentialValues.None,
    };

    /// <summary>Reads the Secret of a repository. One that is gone is no failure: the repository is there to be looked at and repaired.</summary>
    public static async Task<RepositoryCredentials> LoadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        if (PackageRepositoryReader.SecretOf(repository) is not { } name)
        {
            return None;
        }

        var secret = await RepositorySecret.FindAsync(repository.Namespace, name, call, cancellationToken);
        return new RepositoryCredentials(name, secret, secret?.IsManagedFor(repository, CarvelSecrets.OfRepositories) ?? false);
    }

    /// <summary>As callers see them: redacted where Wego keeps them, by reference where a user does.</summary>
    public RepositoryAuth? ToAuth()
    {
        if (Name is null)
        {
            return null;
        }

        return IsManaged ? RedactedAuth.Of(Type) : new RepositoryAuth { Type = Type, SecretRef = new SecretKeyRef(Name, "") };
    }

    public override string ToString() => nameof(RepositoryCredentials);

    private string Text(string key) => Secret!.Find(key) ?? "";
}
