using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Wego.Telemetry;

/// <summary>
/// Turns what the SDK collects into what Prometheus reads, when it asks. It stands where the exporter of OpenTelemetry stands, which
/// has had no stable release.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly SemaphoreSlim _collecting = new(1, 1);
    private readonly HashSet<string> _conflicts = new(StringComparer.Ordinal);
    private readonly Queue<string> _newConflicts = new();
    private IReadOnlyCollection<PrometheusFamily> _families = [];

    /// <summary>Set by the reader.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Collects; concurrent callers take turns.</summary>
    /// <returns>The families by name, with who reports as the first.</returns>
    public async Task<IReadOnlyCollection<PrometheusFamily>> CollectAsync(CancellationToken cancellationToken)
    {
        await _collecting.WaitAsync(cancellationToken);
        try
        {
            _families = [];
            Collect?.Invoke(Timeout.Infinite);
            return _families;
        }
        finally
        {
            _collecting.Release();
        }
    }

    /// <summary>The instruments that could not be served and have not been returned here before.</summary>
    public IEnumerable<string> TakeNewConflicts()
    {
        while (true)
        {
            string? conflict;
            lock (_newConflicts)
            {
                if (!_newConflicts.TryDequeue(out conflict))
                {
                    yield break;
                }
            }

            yield return conflict;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var collection = new PrometheusCollection();
        collection.AddResource(ParentProvider.GetResource());
        foreach (var metric in batch)
        {
            if (!collection.TryAdd(metric) && _conflicts.Add($"{metric.MeterName}/{metric.Name}"))
            {
                lock (_newConflicts)
                {
                    _newConflicts.Enqueue($"{metric.MeterName}/{metric.Name}");
                }
            }
        }

        _families = collection.Families;
        return ExportResult.Success;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _collecting.Dispose();
        }

        base.Dispose(disposing);
    }
}
