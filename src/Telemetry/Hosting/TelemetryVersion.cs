namespace Wego.Telemetry;

/// <summary>The version that is reported.</summary>
internal sealed record TelemetryVersion(string Value);
