using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>The configured client certificate; where it is in files, read again every five minutes, as short-lived certificates want.</summary>
internal sealed partial class ClientCertificateFiles(ClientCertificateConfiguration configuration, string origin, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RereadAfter = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private ClientCertificate _current = ClientCertificate.Load(configuration, origin);
    private DateTimeOffset _readAt = time.GetUtcNow();

    /// <summary>The certificate to present now. A replaced one is left to the garbage collector: connections may still use it.</summary>
    public ClientCertificate Get(bool reread = false)
    {
        lock (_gate)
        {
            if (configuration.IsRotatable && (reread || time.GetUtcNow() - _readAt >= RereadAfter))
            {
                _readAt = time.GetUtcNow();
                try
                {
                    var read = ClientCertificate.Load(configuration, origin);
                    if (read.HasSameLeaf(_current))
                    {
                        read.Dispose();
                    }
                    else
                    {
                        _current = read;
                    }
                }
                catch (ClusterConfigurationException e)
                {
                    CertificateUnreadable(logger, e.Message);
                }
            }

            return _current;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The previous client certificate stays in use: {Reason}")]
    private static partial void CertificateUnreadable(ILogger logger, string reason);
}
