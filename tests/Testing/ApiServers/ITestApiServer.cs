namespace Wego.Testing.ApiServers;

/// <summary>A Kubernetes API that tests may use.</summary>
public interface ITestApiServer : IAsyncDisposable
{
    /// <summary>The base address of the API.</summary>
    Uri Address { get; }

    /// <summary>Its users.</summary>
    TestIdentities Identities { get; }

    /// <summary>The certificate authority in PEM form, or null where the API is served without TLS.</summary>
    string? CertificateAuthority { get; }

    /// <summary>A handler that trusts the server.</summary>
    HttpMessageHandler CreateHandler();

    /// <summary>Forgets what was before a resource version, as every server does after minutes.</summary>
    Task CompactAsync(string resourceVersion, CancellationToken cancellationToken);
}
