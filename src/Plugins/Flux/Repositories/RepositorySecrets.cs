using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Flux;

/// <summary>The Secrets of a repository and what they hold, wherever it stands. Its text form shows nothing of it.</summary>
/// <param name="Auth">The Secret of <c>secretRef</c>, or null.</param>
/// <param name="Cert">The Secret of <c>certSecretRef</c>, or null.</param>
internal sealed record RepositorySecrets(RepositorySecret? Auth, RepositorySecret? Cert)
{
    public static RepositorySecrets None { get; } = new(null, null);

    public bool IsNone => Auth is null && Cert is null;

    public string? Username => Auth?.Find(SecretKeys.Username);

    public string? Password => Auth?.Find(SecretKeys.Password);

    public string? DockerConfigJson => Auth?.Find(SecretKeys.DockerConfigJson);

    /// <summary>A bearer token. Flux sends none to Helm repositories: it serves Wego to read the catalogue.</summary>
    public string? BearerToken => Auth?.Find(FluxSecretKeys.BearerToken, SecretKeys.Token);

    public string? ClientCert => Cert?.Find(SecretKeys.TlsCert, FluxSecretKeys.OldTlsCert) ?? Auth?.Find(FluxSecretKeys.OldTlsCert, SecretKeys.TlsCert);

    public string? ClientKey => Cert?.Find(SecretKeys.TlsKey, FluxSecretKeys.OldTlsKey) ?? Auth?.Find(FluxSecretKeys.OldTlsKey, SecretKeys.TlsKey);

    public string? CertAuthority => Cert?.Find(SecretKeys.CaCert, FluxSecretKeys.OldCaCert) ?? Auth?.Find(FluxSecretKeys.OldCaCert, SecretKeys.CaCert);

    /// <summary>The kind of credentials that the Secrets hold.</summary>
    public RepositoryAuthType Type => this switch
    {
        { DockerConfigJson: not null } => RepositoryAuthType.DockerConfigJson,
        { Username: not null, Password: not null } => RepositoryAuthType.BasicAuth,
        { BearerToken: not null } => RepositoryAuthType.Bearer,
        { ClientCert: not null, ClientKey: not null } => RepositoryAuthType.Tls,
        _ => RepositoryAuthType.Unspecified,
    };

    /// <summary>What the Secrets hold, a bearer token excepted: none is ever made here.</summary>
    public CredentialValues Values => new()
    {
        Basic = this is { Username: { } username, Password: { } password } ? new UsernamePassword(username, password) : null,
        Docker = DockerConfigJson is { } json ? DockerConfigSecret.Read(json) : null,
        ClientCert = this is { ClientCert: { } cert, ClientKey: { } key } ? new TlsCertKey(cert, key) : null,
        CertAuthority = CertAuthority,
    };

    /// <summary>The distinct Secrets.</summary>
    public IEnumerable<RepositorySecret> All => new[] { Auth, Cert }.OfType<RepositorySecret>().DistinctBy(s => s.Name, StringComparer.Ordinal);

    /// <summary>Whether Wego made the Secrets for this repository; those of users are never written.</summary>
    public bool AreManagedFor(KubernetesObject repository) => !IsNone && All.All(s => s.IsManagedFor(repository, FluxSecrets.Ownership));

    public static async Task<RepositorySecrets> LoadAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken)
    {
        var (authName, certName) = (HelmRepositoryReader.SecretOf(repository), HelmRepositoryReader.CertSecretOf(repository));
        var auth = await LoadAsync(authName, repository.Namespace, call, cancellationToken);
        var cert = authName == certName ? auth : await LoadAsync(certName, repository.Namespace, call, cancellationToken);
        return new RepositorySecrets(auth, cert);
    }

    public override string ToString() => nameof(RepositorySecrets);

    private static async Task<RepositorySecret?> LoadAsync(string? name, string ns, PluginCall call, CancellationToken cancellationToken) =>
        name is null ? null : await RepositorySecret.LoadAsync(ns, name, call, cancellationToken);
}
