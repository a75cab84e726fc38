using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wego.Grains;

/// <summary>What grains report. No object or user is named in a metric.</summary>
internal static class GrainTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Wego.Grains";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> RefreshDuration = Meter.CreateHistogram<double>(
        "wego.catalogue.refresh.duration", "s", "Time that refreshing a repository's catalogue took, by plugin and outcome.");

    private static readonly UpDownCounter<int> WatchedResources = Meter.CreateUpDownCounter<int>(
        "wego.package.watched_resources", "{resource}", "Objects of installed packages that are being watched.");

    public static ActivitySource Activities { get; } = new(Name);

    public static void Refreshed(string plugin, string outcome, TimeSpan took) =>
        RefreshDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("wego.plugin", plugin), new KeyValuePair<string, object?>("wego.outcome", outcome));

    public static void Watched(int change) => WatchedResources.Add(change);
}
