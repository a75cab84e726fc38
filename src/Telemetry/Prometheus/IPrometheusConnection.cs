namespace Wego.Telemetry;

/// <summary>Marks the connections of the port on which only metrics are served.</summary>
internal interface IPrometheusConnection;
