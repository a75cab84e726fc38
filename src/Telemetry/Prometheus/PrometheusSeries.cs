namespace Wego.Telemetry;

/// <summary>A number, or the buckets of a histogram, with its labels.</summary>
/// <param name="Labels">The labels as they are written between the braces.</param>
/// <param name="Value">The number; of a histogram, its sum.</param>
/// <param name="Buckets">Of a histogram, the upper bounds and how many values are at or below each, the last being infinity.</param>
internal sealed record PrometheusSeries(string Labels, PrometheusNumber Value, (double Bound, long Count)[]? Buckets = null);
