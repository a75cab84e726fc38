using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Wego.Kubernetes;

/// <summary>Whether each cluster in use can be reached.</summary>
internal static class CircuitStates
{
    private static readonly ConcurrentDictionary<Circuit, byte> Circuits = new();

    public static Circuit Add(string cluster, string route)
    {
        var circuit = new Circuit(cluster, route);
        Circuits.TryAdd(circuit, 0);
        return circuit;
    }

    public static void Remove(Circuit circuit) => Circuits.TryRemove(circuit, out _);

    public static IEnumerable<Measurement<int>> Measure() => Circuits.Keys.Select(c => new Measurement<int>(
        c.IsOpen ? 1 : 0, new KeyValuePair<string, object?>(KubernetesTelemetry.ClusterTag, c.Cluster), new KeyValuePair<string, object?>("wego.kubernetes.route", c.Route)));

    /// <summary>One of them. Compared by reference.</summary>
    internal sealed class Circuit(string cluster, string route)
    {
        public string Cluster { get; } = cluster;

        public string Route { get; } = route;

        public bool IsOpen { get; set; }
    }
}
