namespace Wego.Telemetry;

/// <summary>
/// What Wego tells of itself, and to whom. Section <c>Wego:Telemetry</c>. The standard variables <c>OTEL_*</c> count besides; see
/// <see cref="OtlpSettings"/>. With neither an OTLP endpoint nor a Prometheus address nothing is measured.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Telemetry";

    /// <summary>The value of <see cref="PrometheusListen"/> that means the port of the API.</summary>
    public const string ApiPort = "api";

    /// <summary>The URL of an OTLP receiver, for all signals; before <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Empty for none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>grpc</c> or <c>http/protobuf</c>; before <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>. Empty for that, or else <c>grpc</c>.</summary>
    public string OtlpProtocol { get; set; } = "";

    /// <summary>The <c>ADDRESS:PORT</c> to serve metrics to Prometheus on, <c>api</c> for the API's own, or empty for nowhere.</summary>
    public string PrometheusListen { get; set; } = "";

    /// <summary>The path of the metrics.</summary>
    public string PrometheusPath { get; set; } = "/metrics";

    /// <summary>How many combinations of labels a metric may have; what exceeds them is counted together as <c>otel.metric.overflow</c>.</summary>
    public int CardinalityLimit { get; set; } = 2000;
}
