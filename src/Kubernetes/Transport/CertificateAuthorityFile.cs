using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>
/// The certificates to trust. Where they come from a file it is read again every minute, as a cluster's authority is renewed while Wego
/// runs. The content counts, not the file's time: a projected volume changes a link, not the file.
/// </summary>
internal sealed partial class CertificateAuthorityFile(ClusterConfiguration configuration, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RereadAfter = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private X509Certificate2Collection? _current = configuration.CertificateAuthorities;
    private DateTimeOffset _readAt = configuration.CertificateAuthorities is null ? DateTimeOffset.MinValue : time.GetUtcNow();

    /// <summary>The certificates to trust now; the same collection as before unless they changed. Null for the system's.</summary>
    /// <exception cref="KubernetesException">The file has never been readable.</exception>
    public X509Certificate2Collection? Get()
    {
        if (configuration.CertificateAuthorityFile is not { } file)
        {
            return _current;
        }

        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now - _readAt < RereadAfter)
            {
                return _current;
            }

            try
            {
                var read = PemFiles.ReadCertificates(file, $"{configuration.Origin}: certificate authority");
                _current = _current is not null && AreEqual(read, _current) ? _current : read;
                _readAt = now;
            }
            catch (ClusterConfigurationException e)
            {
                if (_current is null)
                {
                    throw new KubernetesException(KubernetesFailure.Unavailable, e.Message, inner: e);
                }

                _readAt = now;
                Unreadable(logger, e.Message);
            }

            return _current;
        }
    }

    private static bool AreEqual(X509Certificate2Collection a, X509Certificate2Collection b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.RawDataMemory.Span.SequenceEqual(pair.Second.RawDataMemory.Span));

    [LoggerMessage(1, LogLevel.Warning, "The previous certificate authorities stay in use: {Reason}")]
    private static partial void Unreadable(ILogger logger, string reason);
}
