using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Kubernetes;

/// <inheritdoc cref="IKubernetesClients"/>
internal sealed class KubernetesClients(IOptions<KubernetesOptions> options, ClusterConfigurationSource source, TimeProvider time, ILoggerFactory loggers)
    : IKubernetesClients, IDisposable
{
    private readonly Lock _gate = new();
    private KubernetesClient? _client;

    public string DefaultClusterName => options.Value.ClusterName;

    public IReadOnlyList<string> Names => [DefaultClusterName];

    public IKubernetesClient Get(string cluster)
    {
        if (!string.IsNullOrEmpty(cluster) && !string.Equals(cluster, DefaultClusterName, StringComparison.Ordinal))
        {
            throw new UnknownClusterException(cluster, DefaultClusterName);
        }

        lock (_gate)
        {
            // Not in the constructor: an embedded API server has no address before the host runs.
            return _client ??= new KubernetesClient(source.Get(options.Value), ClientOptions(options.Value), time, loggers);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _client?.Dispose();
        }
    }

    private static KubernetesClientOptions ClientOptions(KubernetesOptions options) => new()
    {
        ClusterName = options.ClusterName,
        Qps = options.Qps,
        Burst = options.Burst,
        RequestTimeout = options.RequestTimeout,
    };
}
