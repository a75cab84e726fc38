using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wego.Kubernetes;

/// <summary>Metrics and traces of this room. Tags are clusters, verbs, groups, resources and codes: never a name, a user or a token.</summary>
public static class KubernetesTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Wego.Kubernetes";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> RequestDuration =
        Meter.CreateHistogram<double>("wego.kubernetes.request.duration", "s", "From sending a request until its answer was read; for a watch, until it was opened.");

    private static readonly Counter<long> WatchRestarts =
        Meter.CreateCounter<long>("wego.kubernetes.watch.restarts", "{watch}", "Watches opened again after the previous one ended.");

    private static readonly Counter<long> Relists =
        Meter.CreateCounter<long>("wego.kubernetes.reflector.lists", "{list}", "Complete lists read by reflectors.");

    private static readonly Counter<long> AccessReviews =
        Meter.CreateCounter<long>("wego.kubernetes.access_reviews", "{review}", "Access decisions by where they came from: asked or cached.");

    static KubernetesTelemetry()
    {
        Meter.CreateObservableGauge("wego.kubernetes.reflector.lag", ReflectorLag.Measure, "s", "For how long a reflector has not heard from the API server; the longest per resource.");
        Meter.CreateObservableGauge("wego.kubernetes.circuit.open", CircuitStates.Measure, "1", "1 while a cluster is taken to be unreachable and calls to it fail at once, else 0.");
    }

    internal static void RecordRequest(string cluster, ApiRequest request, string code, TimeSpan duration) =>
        RequestDuration.Record(duration.TotalSeconds, new TagList
        {
            { "cluster", cluster },
            { "verb", request.Verb },
            { "group", request.Group },
            { "resource", request.Resource },
            { "code", code },
        });

    internal static void RecordWatchRestart(string cluster, GroupVersionResource resource) => WatchRestarts.Add(1, ResourceTags(cluster, resource));

    internal static void RecordList(string cluster, GroupVersionResource resource) => Relists.Add(1, ResourceTags(cluster, resource));

    internal static void RecordAccessReview(string cluster, bool cached) =>
        AccessReviews.Add(1, new TagList { { "cluster", cluster }, { "source", cached ? "cached" : "asked" } });

    internal static TagList ResourceTags(string cluster, GroupVersionResource resource) =>
        new() { { "cluster", cluster }, { "group", resource.Group }, { "resource", resource.Resource } };
}
