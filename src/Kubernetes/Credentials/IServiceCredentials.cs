namespace Wego.Kubernetes;

/// <summary>The service's credentials, kept current.</summary>
internal interface IServiceCredentials
{
    /// <summary>The credential to use now.</summary>
    ValueTask<ServiceCredential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Called after a 401 with the credential that was refused. True where a different one is now at hand.</summary>
    ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken);
}
