using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>The service's own credentials. Its text form names the method only.</summary>
public sealed record UserConfiguration
{
    /// <summary>A bearer token, or null.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token that may be rotated; wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The user name for basic authentication, or null.</summary>
    public string? Username { get; init; }

    /// <summary>The password for basic authentication, or null.</summary>
    public string? Password { get; init; }

    /// <summary>Where the client certificate and its key are, or null.</summary>
    public ClientCertificateConfiguration? ClientCertificate { get; init; }

    /// <summary>A program that prints credentials, or null.</summary>
    public ExecConfiguration? Exec { get; init; }

    /// <summary>Whom the service impersonates on every call of its own, or null (kubeconfig <c>as</c>).</summary>
    public KubernetesIdentity.ImpersonatedIdentity? Impersonate { get; init; }

    /// <summary>The UID sent with <see cref="Impersonate"/>, or null (kubeconfig <c>as-uid</c>).</summary>
    public string? ImpersonateUid { get; init; }

    /// <summary>The methods in use, without their values.</summary>
    public ImmutableArray<string> Methods =>
    [
        .. new[]
        {
            TokenFile is not null ? "tokenFile" : Token is not null ? "token" : null,
            Username is not null ? "basic" : null,
            ClientCertificate is not null ? "client-certificate" : null,
            Exec is not null ? "exec" : null,
        }.OfType<string>(),
    ];

    /// <inheritdoc/>
    public override string ToString() => Methods.IsEmpty ? "anonymous" : string.Join('+', Methods);
}
