using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>
/// One pool for callers' tokens, without a client certificate (the API server prefers a certificate to a token), and one for the
/// service. They are replaced when the service's certificate or the authorities to trust are.
/// </summary>
internal sealed class ConnectionPools(ClusterConfiguration configuration, TimeSpan connectTimeout, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CertificateAuthorityFile _authorities = new(configuration, time, logger);
    private readonly Lock _gate = new();
    private ConnectionPool? _anonymous;
    private ConnectionPool? _service;

    public ConnectionPool For(ClientCertificate? certificate)
    {
        var trusted = configuration with { CertificateAuthorities = _authorities.Get() };
        lock (_gate)
        {
            return certificate is null ? Current(ref _anonymous, null, trusted) : Current(ref _service, certificate, trusted);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _anonymous?.Dispose();
            _service?.Dispose();
        }
    }

    private ConnectionPool Current(ref ConnectionPool? pool, ClientCertificate? certificate, ClusterConfiguration trusted)
    {
        if (pool is null || !ReferenceEquals(pool.Authorities, trusted.CertificateAuthorities) || certificate?.HasSameLeaf(pool.Certificate) == false)
        {
            // Requests under way, watches among them, end on the connections that they have.
            pool?.Dispose();
            pool = new ConnectionPool(trusted, certificate, connectTimeout);
        }

        return pool;
    }
}
