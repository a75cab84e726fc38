namespace Wego.Telemetry;

/// <summary>What OTLP can carry.</summary>
internal enum TelemetrySignal
{
    Traces,
    Metrics,
    Logs,
}
