using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wego.Kubernetes;

/// <summary>Metrics and traces of this room. Tags are clusters, verbs, groups, resources and codes: never a name, a user or a token.</summary>
public static class KubernetesTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Wego.Kubernetes";

    /// <summary>The cluster, as Wego calls it.</summary>
    internal const string ClusterTag = "k8s.cluster.name";

    private const string GroupTag = "wego.kubernetes.group";
    private const string ResourceTag = "wego.kubernetes.resource";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> RequestDuration =
        Meter.CreateHistogram(
            "wego.kubernetes.request.duration",
            "s",
            "From sending a request until its answer was read; for a watch, until it was opened.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    private static readonly Counter<long> WatchRestarts =
        Meter.CreateCounter<long>("wego.kubernetes.watch.restarts", "{watch}", "Watches opened again after the previous one ended.");

    private static readonly Counter<long> Relists =
        Meter.CreateCounter<long>("wego.kubernetes.reflector.lists", "{list}", "Complete lists read by reflectors.");

    private static readonly Counter<long> AccessReviews =
        Meter.CreateCounter<long>("wego.kubernetes.access_reviews", "{review}", "Access decisions by where they came from: asked or cached.");

    static KubernetesTelemetry()
    {
        Meter.CreateObservableGauge("wego.kubernetes.reflector.lag", ReflectorLag.Measure, "s", "For how long a reflector has not heard from the API server; the longest per resource.");
        Meter.CreateObservableGauge("wego.kubernetes.circuit.open", CircuitStates.Measure, "{circuit}", "1 while a cluster is taken to be unreachable and calls to it fail at once, else 0.");
    }

    /// <summary>Starts the span of a request; null where nobody listens.</summary>
    internal static Activity? StartRequest(string cluster, ApiRequest request) => Source.HasListeners()
        ? Source.StartActivity($"{request.Verb} {request.Resource}", ActivityKind.Client, parentContext: default, RequestTags(cluster, request))
        : null;

    /// <summary>Ends the span of a request and measures it.</summary>
    /// <param name="activity">The span, or null.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="request">The request.</param>
    /// <param name="status">The status of the answer; 0 where there was none.</param>
    /// <param name="failure">What went wrong; null for nothing.</param>
    /// <param name="duration">How long it took.</param>
    internal static void RecordRequest(Activity? activity, string cluster, ApiRequest request, int status, string? failure, TimeSpan duration)
    {
        var tags = RequestTags(cluster, request);
        if (status > 0)
        {
            tags.Add("http.response.status_code", status);
            activity?.SetTag("http.response.status_code", status);
        }

        if (failure is not null)
        {
            tags.Add("error.type", failure);
            activity?.SetTag("error.type", failure).SetStatus(ActivityStatusCode.Error, failure);
        }

        RequestDuration.Record(duration.TotalSeconds, tags);
    }

    internal static void RecordWatchRestart(string cluster, GroupVersionResource resource) => WatchRestarts.Add(1, ResourceTags(cluster, resource));

    internal static void RecordList(string cluster, GroupVersionResource resource) => Relists.Add(1, ResourceTags(cluster, resource));

    internal static void RecordAccessReview(string cluster, bool cached) =>
        AccessReviews.Add(1, new TagList { { ClusterTag, cluster }, { "wego.access.source", cached ? "cached" : "asked" } });

    internal static TagList ResourceTags(string cluster, GroupVersionResource resource) =>
        new() { { ClusterTag, cluster }, { GroupTag, resource.Group }, { ResourceTag, resource.Resource } };

    private static TagList RequestTags(string cluster, ApiRequest request) =>
        new() { { ClusterTag, cluster }, { "wego.kubernetes.verb", request.Verb }, { GroupTag, request.Group }, { ResourceTag, request.Resource } };
}
