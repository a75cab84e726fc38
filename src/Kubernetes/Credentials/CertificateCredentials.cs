namespace Wego.Kubernetes;

/// <summary>Adds the configured client certificate to credentials that bring none of their own.</summary>
internal sealed class CertificateCredentials(IServiceCredentials inner, ClientCertificateFiles files) : IServiceCredentials, IDisposable
{
    private volatile ServiceCredential? _combined;
    private volatile ServiceCredential? _from;

    public async ValueTask<ServiceCredential> GetAsync(CancellationToken cancellationToken) =>
        Combine(await inner.GetAsync(cancellationToken), files.Get());

    public async ValueTask<bool> RefreshAsync(ServiceCredential refused, CancellationToken cancellationToken)
    {
        var changed = await inner.RefreshAsync(_from ?? refused, cancellationToken);
        var certificate = files.Get(reread: true);
        return changed || !ReferenceEquals(certificate, refused.Certificate);
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private ServiceCredential Combine(ServiceCredential credential, ClientCertificate certificate)
    {
        if (credential.Certificate is not null)
        {
            return credential;
        }

        if (_combined is { } combined && Equals(combined.Header, credential.Header) && ReferenceEquals(combined.Certificate, certificate))
        {
            return combined;
        }

        _from = credential;
        return _combined = new ServiceCredential(credential.Header, certificate);
    }
}
