namespace Wego.Telemetry;

/// <summary>What kind of metric a family is.</summary>
internal enum PrometheusType
{
    Gauge,
    Counter,
    Histogram,
    Info,
}
