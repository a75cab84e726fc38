using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Wego.Telemetry;

/// <summary>The families of one scrape.</summary>
internal sealed class PrometheusCollection
{
    private readonly SortedDictionary<string, PrometheusFamily> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PrometheusFamily> _samples = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PrometheusFamily> Families => _families.Values;

    /// <summary>Adds <c>target_info</c>, whose labels tell who reports.</summary>
    public void AddResource(Resource resource)
    {
        var labels = new PrometheusLabels();
        foreach (var (key, value) in resource.Attributes)
        {
            labels.Add(key, value);
        }

        Find("target", PrometheusType.Info, "", "Who reports.")?.Add(new PrometheusSeries(labels.ToString(), new PrometheusNumber(1L)));
    }

    /// <summary>Adds a metric; false where its name is taken by one of a different kind.</summary>
    public bool TryAdd(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        var unit = PrometheusUnits.Describe(metric.Unit, type);
        if (Find(PrometheusNames.Family(metric.Name, unit, type), type, unit, metric.Description) is not { } family)
        {
            return false;
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(metric, point);
            family.Add(metric.MetricType switch
            {
                MetricType.LongSum or MetricType.LongSumNonMonotonic => new PrometheusSeries(labels, new PrometheusNumber(point.GetSumLong())),
                MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => new PrometheusSeries(labels, new PrometheusNumber(point.GetSumDouble())),
                MetricType.LongGauge => new PrometheusSeries(labels, new PrometheusNumber(point.GetGaugeLastValueLong())),
                MetricType.DoubleGauge => new PrometheusSeries(labels, new PrometheusNumber(point.GetGaugeLastValueDouble())),
                _ => new PrometheusSeries(labels, new PrometheusNumber(point.GetHistogramSum()), Buckets(metric, point)),
            });
        }

        return true;
    }

    private PrometheusFamily? Find(string name, PrometheusType type, string unit, string help)
    {
        if (_families.TryGetValue(name, out var known))
        {
            return known.Type == type && known.Unit == unit ? known : null;
        }

        var family = new PrometheusFamily(name, type, unit, help);
        var samples = family.SampleNames;
        if (samples.Any(_samples.ContainsKey))
        {
            return null;
        }

        foreach (var sample in samples)
        {
            _samples.Add(sample, family);
        }

        _families.Add(name, family);
        return family;
    }

    private static string Labels(Metric metric, in MetricPoint point)
    {
        var labels = new PrometheusLabels();
        labels.AddOwn("otel_scope_name", metric.MeterName);
        if (metric.MeterVersion.Length > 0)
        {
            labels.AddOwn("otel_scope_version", metric.MeterVersion);
        }

        foreach (var (key, value) in metric.MeterTags ?? [])
        {
            labels.Add(key, value, "otel_scope_");
        }

        foreach (var (key, value) in point.Tags)
        {
            labels.Add(key, value);
        }

        return labels.ToString();
    }

    // The format knows no exponential buckets; of such a histogram it gets the count and the sum.
    private static (double Bound, long Count)[] Buckets(Metric metric, in MetricPoint point)
    {
        if (metric.MetricType == MetricType.ExponentialHistogram)
        {
            return [(double.PositiveInfinity, point.GetHistogramCount())];
        }

        var buckets = new List<(double, long)>();
        var total = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            buckets.Add((bucket.ExplicitBound, total));
        }

        // Without bounds there are no buckets at all.
        return buckets.Count > 0 ? [.. buckets] : [(double.PositiveInfinity, point.GetHistogramCount())];
    }

    private static PrometheusType TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => PrometheusType.Counter,
        MetricType.Histogram or MetricType.ExponentialHistogram => PrometheusType.Histogram,
        _ => PrometheusType.Gauge,
    };
}
