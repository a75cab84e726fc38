namespace Wego.Telemetry;

internal sealed class PrometheusConnection : IPrometheusConnection
{
    public static PrometheusConnection Instance { get; } = new();
}
