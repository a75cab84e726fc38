namespace Wego.Kubernetes;

/// <summary>
/// One pool for callers' tokens, without a client certificate (the API server prefers a certificate to a token), and one for the
/// service, which is replaced when the service's certificate is.
/// </summary>
internal sealed class ConnectionPools : IDisposable
{
    private readonly ClusterConfiguration _configuration;
    private readonly ConnectionPool _anonymous;
    private readonly Lock _gate = new();
    private ConnectionPool? _service;

    public ConnectionPools(ClusterConfiguration configuration)
    {
        _configuration = configuration;
        _anonymous = new ConnectionPool(configuration, null);
    }

    public ConnectionPool For(ClientCertificate? certificate)
    {
        if (certificate is null)
        {
            return _anonymous;
        }

        lock (_gate)
        {
            if (_service is null || !certificate.HasSameLeaf(_service.Certificate))
            {
                _service?.Dispose();
                _service = new ConnectionPool(_configuration, certificate);
            }

            return _service;
        }
    }

    public void Dispose()
    {
        _anonymous.Dispose();
        lock (_gate)
        {
            _service?.Dispose();
        }
    }
}
