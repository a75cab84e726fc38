using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>What grains report. No object or user is named in a metric.</summary>
internal static class GrainTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Wego.Grains";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> RefreshDuration = Meter.CreateHistogram(
        "wego.catalogue.refresh.duration",
        "s",
        "Time that refreshing a repository's catalogue took, by plugin and outcome: loaded, unchanged or failed.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180] });

    private static readonly UpDownCounter<int> WatchedResources = Meter.CreateUpDownCounter<int>(
        "wego.package.watched_resources", "{resource}", "Objects of installed packages that are being watched.");

    private static readonly Histogram<double> OperationDuration = Meter.CreateHistogram(
        "wego.operation.duration",
        "s",
        "Time that operations that write took, whether or not their callers waited; those that failed have an error type.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] });

    private static readonly UpDownCounter<int> ActiveOperations = Meter.CreateUpDownCounter<int>(
        "wego.operation.active", "{operation}", "Operations that write and are under way.");

    static GrainTelemetry()
    {
        Meter.CreateObservableGauge("wego.catalogue.repositories", CatalogueMeasure.MeasureRepositories, "{repository}", "Repositories in use by the state of their catalogue: loaded, stale (it could not be refreshed) or failed (there is none).");
        Meter.CreateObservableGauge("wego.catalogue.packages", CatalogueMeasure.MeasurePackages, "{package}", "Packages in the catalogues held.");
        Meter.CreateObservableGauge("wego.catalogue.versions", CatalogueMeasure.MeasureVersions, "{version}", "Versions of packages in the catalogues held.");
        Meter.CreateObservableGauge("wego.catalogue.age", CatalogueMeasure.MeasureAge, "s", "Time since the catalogue that was refreshed the longest ago was refreshed, of those that are fetched.");
    }

    public static ActivitySource Activities { get; } = new(Name);

    public static void Refreshed(string plugin, string outcome, TimeSpan took) =>
        RefreshDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("wego.plugin", plugin), new KeyValuePair<string, object?>("wego.outcome", outcome));

    /// <summary>Measures an operation that writes.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="operation">What is done, for example <c>create package</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="run">Does it.</param>
    public static async Task MeasureAsync(string plugin, string operation, TimeProvider time, Func<Task> run)
    {
        var tags = new TagList { { "wego.plugin", plugin }, { "wego.operation", operation } };
        var started = time.GetTimestamp();
        ActiveOperations.Add(1, tags);
        string? failure = null;
        try
        {
            await run();
        }
        catch (Exception e)
        {
            failure = e switch
            {
                PackageException known => known.Code.ToString(),
                OperationCanceledException => "Canceled",
                _ => "_OTHER",
            };
            throw;
        }
        finally
        {
            ActiveOperations.Add(-1, tags);
            if (failure is not null)
            {
                tags.Add("error.type", failure);
            }

            OperationDuration.Record(time.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    public static void Watched(int change) => WatchedResources.Add(change);
}
