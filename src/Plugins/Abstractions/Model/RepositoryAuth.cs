using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>Credentials of a repository: at most one of the members below the type is given. Its text form shows the type alone.</summary>
[GenerateSerializer, Immutable, Alias("wego.RepositoryAuth")]
public sealed record RepositoryAuth
{
    /// <summary>What a read shows in place of a stored credential, and what a write sends to keep it.</summary>
    public const string Redacted = "REDACTED";

    /// <summary>The kind.</summary>
    [Id(0)]
    public RepositoryAuthType Type { get; init; }

    /// <summary>User name and password.</summary>
    [Id(1)]
    public UsernamePassword? UsernamePassword { get; init; }

    /// <summary>A client certificate and its key, PEM.</summary>
    [Id(2)]
    public TlsCertKey? TlsCertKey { get; init; }

    /// <summary>Credentials of a container registry.</summary>
    [Id(3)]
    public DockerCredentials? DockerCredentials { get; init; }

    /// <summary>A bearer token or a whole header, by type.</summary>
    [Id(4)]
    public string? Header { get; init; }

    /// <summary>A Secret the user keeps.</summary>
    [Id(5)]
    public SecretKeyRef? SecretRef { get; init; }

    /// <summary>An SSH key.</summary>
    [Id(6)]
    public SshCredentials? SshCredentials { get; init; }

    /// <summary>Anything else.</summary>
    [Id(7)]
    public ImmutableDictionary<string, string>? OpaqueCredentials { get; init; }

    /// <summary>Send the credentials to other hosts that the index names, too.</summary>
    [Id(8)]
    public bool PassCredentials { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"RepositoryAuth {{ Type = {Type} }}";
}
