namespace Wego.Plugins.Flux;

/// <summary>What the credentials of a repository are, wherever they are kept. Its text form shows nothing of it.</summary>
internal sealed record CredentialValues
{
    public static CredentialValues None { get; } = new();

    public UsernamePassword? Basic { get; init; }

    public DockerCredentials? Docker { get; init; }

    public TlsCertKey? ClientCert { get; init; }

    public string? CertAuthority { get; init; }

    public bool IsNone => this == None;

    public static CredentialValues Of(RepositorySecrets secrets) => new()
    {
        Basic = secrets is { Username: { } username, Password: { } password } ? new UsernamePassword(username, password) : null,
        Docker = secrets.DockerConfigJson is { } json ? DockerConfigSecret.Read(json) : null,
        ClientCert = secrets is { ClientCert: { } cert, ClientKey: { } key } ? new TlsCertKey(cert, key) : null,
        CertAuthority = secrets.CertAuthority,
    };

    public override string ToString() => nameof(CredentialValues);
}
