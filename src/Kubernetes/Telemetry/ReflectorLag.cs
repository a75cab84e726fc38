using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Wego.Kubernetes;

/// <summary>Since when each running reflector has not heard from its API server.</summary>
internal sealed class ReflectorLag : IDisposable
{
    private static readonly ConcurrentDictionary<ReflectorLag, byte> Running = new();
    private readonly string _cluster;
    private readonly GroupVersionResource _resource;
    private readonly TimeProvider _time;
    private long _heardAt;

    public ReflectorLag(string cluster, GroupVersionResource resource, TimeProvider time)
    {
        _cluster = cluster;
        _resource = resource;
        _time = time;
        _heardAt = time.GetTimestamp();
        Running.TryAdd(this, 0);
    }

    public void Heard() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public void Dispose() => Running.TryRemove(this, out _);

    public static IEnumerable<Measurement<double>> Measure() => Running.Keys
        .GroupBy(r => (r._cluster, r._resource))
        .Select(g => new Measurement<double>(
            g.Max(r => r._time.GetElapsedTime(Volatile.Read(ref r._heardAt)).TotalSeconds),
            KubernetesTelemetry.ResourceTags(g.Key._cluster, g.Key._resource)));
}
