namespace Wego.Plugins.Secrets;

/// <summary>What the credentials of a repository are, wherever they are kept. Its text form shows nothing of it.</summary>
public sealed record CredentialValues
{
    /// <summary>No credentials.</summary>
    public static CredentialValues None { get; } = new();

    /// <summary>User name and password, or null.</summary>
    public UsernamePassword? Basic { get; init; }

    /// <summary>The login of one registry, or null.</summary>
    public DockerCredentials? Docker { get; init; }

    /// <summary>A client certificate, or null.</summary>
    public TlsCertKey? ClientCert { get; init; }

    /// <summary>A bearer token without the word Bearer, or null.</summary>
    public string? Token { get; init; }

    /// <summary>A whole Authorization header, or null.</summary>
    public string? Header { get; init; }

    /// <summary>An SSH key, or null.</summary>
    public SshCredentials? Ssh { get; init; }

    /// <summary>A certificate authority as PEM, or null.</summary>
    public string? CertAuthority { get; init; }

    /// <summary>Whether there are none.</summary>
    public bool IsNone => this == None;

    /// <inheritdoc/>
    public override string ToString() => nameof(CredentialValues);
}
