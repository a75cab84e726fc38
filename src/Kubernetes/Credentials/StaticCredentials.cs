namespace Wego.Kubernetes;

/// <summary>Credentials that never change: a token, a user name and password, or none.</summary>
internal sealed class StaticCredentials(ServiceCredential credential) : IServiceCredentials
{
    public ValueTask<ServiceCredential> GetAsync(CancellationToken cancellationToken) => new(credential);

    public ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken) => new(false);
}
