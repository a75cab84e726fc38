namespace Wego.Telemetry;

/// <summary>All series of one name.</summary>
/// <param name="name">The name without the suffix that its type demands.</param>
/// <param name="type">Its type.</param>
/// <param name="unit">Its unit, with which the name ends; empty for none.</param>
/// <param name="help">What it is; empty where that is not known.</param>
internal sealed class PrometheusFamily(string name, PrometheusType type, string unit, string help)
{
    private readonly SortedDictionary<string, PrometheusSeries> _series = new(StringComparer.Ordinal);

    public string Name => name;

    public PrometheusType Type => type;

    public string Unit => unit;

    public string Help => help;

    /// <summary>The series, by their labels.</summary>
    public IEnumerable<PrometheusSeries> Series => _series.Values;

    /// <summary>The names of its samples, which no other family may have.</summary>
    public string[] SampleNames => Type switch
    {
        PrometheusType.Counter => [$"{Name}_total", Name],
        PrometheusType.Histogram => [Name, $"{Name}_bucket", $"{Name}_sum", $"{Name}_count"],
        PrometheusType.Info => [$"{Name}_info", Name],
        _ => [Name],
    };

    /// <summary>Adds a series. Where different attributes became the same labels, the first stays: Prometheus refuses a scrape with both.</summary>
    public void Add(PrometheusSeries series) => _series.TryAdd(series.Labels, series);
}
