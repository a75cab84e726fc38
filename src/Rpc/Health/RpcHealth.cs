using System.Runtime.CompilerServices;
using Grpc.Health.V1;
using Microsoft.Extensions.Hosting;

namespace Wego.Rpc;

/// <summary>
/// Whether this server and its services are ready. The host sets it; clients ask by <c>grpc.health.v1</c>. Everything is
/// <see cref="HealthCheckResponse.Types.ServingStatus.Serving"/> until told otherwise, and nothing is once the host stops.
/// </summary>
public sealed class RpcHealth
{
    private readonly Lock _gate = new();
    private readonly RpcMethodRegistry _registry;
    private readonly CancellationToken _stopping;
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _services = new(StringComparer.Ordinal);
    private HealthCheckResponse.Types.ServingStatus _server = HealthCheckResponse.Types.ServingStatus.Serving;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Watches the services that are served and the end of the host.</summary>
    public RpcHealth(RpcMethodRegistry registry, IHostApplicationLifetime lifetime)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(lifetime);
        _registry = registry;
        _stopping = lifetime.ApplicationStopping;
        _stopping.Register(SignalChange);
    }

    /// <summary>Sets the status of the server as a whole, and so of every service that has none of its own.</summary>
    public void SetStatus(HealthCheckResponse.Types.ServingStatus status)
    {
        lock (_gate)
        {
            _server = status;
        }

        SignalChange();
    }

    /// <summary>Sets the status of one service, whether or not it is an RPC service of this server.</summary>
    /// <param name="service">Its full name.</param>
    /// <param name="status">Its status.</param>
    public void SetStatus(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        lock (_gate)
        {
            _services[service] = status;
        }

        SignalChange();
    }

    /// <summary>The status of a service, or of the whole server for the empty name; null where no such service is known.</summary>
    public HealthCheckResponse.Types.ServingStatus? Find(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            var known = _services.TryGetValue(service, out var status);
            if (!known && service.Length > 0 && !_registry.HasService(service))
            {
                return null;
            }

            return _stopping.IsCancellationRequested ? HealthCheckResponse.Types.ServingStatus.NotServing : known ? status : _server;
        }
    }

    /// <summary>The status now and after each change, until the host stops.</summary>
    /// <param name="service">As for <see cref="Find"/>; an unknown service may become known.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<HealthCheckResponse.Types.ServingStatus> WatchAsync(string service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        return EnumerateAsync(service, cancellationToken);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async IAsyncEnumerable<HealthCheckResponse.Types.ServingStatus> EnumerateAsync(string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HealthCheckResponse.Types.ServingStatus? last = null;
        while (true)
        {
            // Taken before the status is read, so that no change is missed.
            var changed = Volatile.Read(ref _changed).Task;
            var isLast = _stopping.IsCancellationRequested;
            var status = Find(service) ?? HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            if (status != last)
            {
                yield return status;
                last = status;
            }

            if (isLast)
            {
                yield break;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void SignalChange() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
}
