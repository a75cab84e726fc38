using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>
/// The Secrets of an <c>AppRepository</c> and what they hold; a Secret that does not exist is null. Its text form shows nothing
/// of them.
/// </summary>
/// <param name="Refs">The names that the repository has.</param>
/// <param name="Auth">The Secret with the login, or null.</param>
/// <param name="Ca">The Secret with the certificate authority, or null. Mostly the same as <paramref name="Auth"/>.</param>
/// <param name="Pull">The first Secret with which images are pulled, or null.</param>
internal sealed record AppRepositorySecrets(AppRepositorySecretRefs Refs, RepositorySecret? Auth, RepositorySecret? Ca, RepositorySecret? Pull)
{
    public static AppRepositorySecrets None { get; } = new(new AppRepositorySecretRefs(null, null, []), null, null, null);

    /// <summary>The whole header, or null.</summary>
    public string? Header => IsDockerConfig ? null : Auth?.Find(KeyOf(Refs.Auth, HelmSecrets.HeaderKey));

    /// <summary>The docker configuration, or null.</summary>
    public string? DockerConfigJson => IsDockerConfig ? Auth?.Find(SecretKeys.DockerConfigJson) : null;

    public string? CertAuthority => Ca?.Find(KeyOf(Refs.Ca, SecretKeys.CaCert));

    /// <summary>The kind of credentials, told by the key that is referred to and by how the header begins.</summary>
    public RepositoryAuthType Type => this switch
    {
        { Refs.Auth: null } => RepositoryAuthType.Unspecified,
        { IsDockerConfig: true } => RepositoryAuthType.DockerConfigJson,
        { Header: { } header } => AuthorizationHeader.TypeOf(header),
        _ => RepositoryAuthType.AuthorizationHeader,
    };

    /// <summary>What the Secrets hold. The whole header is told beside what it is made of, so that it can be kept under either name.</summary>
    public CredentialValues Values => new()
    {
        Basic = Header is { } basic ? AuthorizationHeader.ReadBasic(basic) : null,
        Token = Header is { } bearer ? AuthorizationHeader.ReadBearer(bearer) : null,
        Header = Header,
        Docker = DockerConfigJson is { } json ? DockerConfigSecret.Read(json) : null,
        CertAuthority = CertAuthority,
    };

    /// <summary>The distinct Secrets with the login and the certificate authority.</summary>
    public IEnumerable<RepositorySecret> Credentials => new[] { Auth, Ca }.OfType<RepositorySecret>().DistinctBy(s => s.Name, StringComparer.Ordinal);

    private bool IsDockerConfig => Refs.Auth?.Key == SecretKeys.DockerConfigJson;

    /// <summary>Whether Wego made the Secrets with the login and the certificate authority for this repository.</summary>
    public bool AreManagedFor(KubernetesObject repository) => Credentials.Any() && Credentials.All(s => s.IsManagedFor(repository, HelmSecrets.Ownership));

    /// <summary>Whether Wego made the Secret for images for this repository.</summary>
    public bool IsPullManagedFor(KubernetesObject repository) => Pull is not null && Pull.IsManagedFor(repository, HelmSecrets.Ownership);

    /// <summary>Reads the Secrets; those that do not exist are left out.</summary>
    /// <exception cref="KubernetesException">One could not be read.</exception>
    public static async Task<AppRepositorySecrets> LoadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        var refs = AppRepositorySecretRefs.Of(repository);
        var auth = await FindAsync(refs.Auth?.Name, repository.Namespace, call, cancellationToken);
        var ca = refs.Ca?.Name == refs.Auth?.Name ? auth : await FindAsync(refs.Ca?.Name, repository.Namespace, call, cancellationToken);
        var pull = await FindAsync(refs.Pull.FirstOrDefault(), repository.Namespace, call, cancellationToken);
        return new AppRepositorySecrets(refs, auth, ca, pull);
    }

    public override string ToString() => nameof(AppRepositorySecrets);

    private static string KeyOf(SecretKeyRef? reference, string usual) => reference is { Key.Length: > 0 } ? reference.Key : usual;

    private static async Task<RepositorySecret?> FindAsync(string? name, string ns, PluginCall call, CancellationToken cancellationToken) =>
        name is null ? null : await RepositorySecret.FindAsync(ns, name, call, cancellationToken);
}
