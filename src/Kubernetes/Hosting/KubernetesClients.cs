using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Kubernetes;

/// <inheritdoc cref="IKubernetesClients"/>
internal sealed class KubernetesClients(IOptions<KubernetesOptions> options, ClusterConfigurationSource source, TimeProvider time, ILoggerFactory loggers)
    : IKubernetesClients, IDisposable
{
    private readonly Lazy<ClusterSet> _clusters = new(() => ClusterSet.Read(options.Value));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KubernetesClient> _clients = new(StringComparer.Ordinal);

    public string DefaultClusterName => _clusters.Value.DefaultName;

    public IReadOnlyList<string> Names => _clusters.Value.Names;

    public IKubernetesClient Get(string cluster)
    {
        var name = cluster is null or "" or "-" ? DefaultClusterName : cluster;
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw new UnknownClusterException(name, string.Join(", ", Names));
        }

        lock (_gate)
        {
            // Not in the constructor: an embedded API server has no address before the host runs. Connections, limits and the circuit
            // breaker are each client's own, so that a cluster that is slow or gone holds up no other.
            return _clients.TryGetValue(name, out var client) ? client : _clients[name] = Create(name);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var client in _clients.Values)
            {
                client.Dispose();
            }
        }
    }

    private KubernetesClient Create(string name)
    {
        var configured = options.Value;
        var client = new KubernetesClientOptions
        {
            ClusterName = name,
            Qps = configured.Qps,
            Burst = configured.Burst,
            RequestTimeout = configured.RequestTimeout,
            ConnectTimeout = configured.ConnectTimeout,
            BreakAfter = configured.BreakAfter,
            MaxBreak = configured.MaxBreak,
        };
        return new KubernetesClient(_clusters.Value.Configure(name, () => source.Get(configured)), client, time, loggers);
    }
}
