using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wego.Rpc.Telemetry;

/// <summary>
/// The trace source and the meter, both named <c>Wego.Rpc</c>, with the attributes of OpenTelemetry's semantic conventions for
/// RPC. No attribute holds anything that a user sent.
/// </summary>
internal static class RpcTelemetry
{
    public const string Name = "Wego.Rpc";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>(
        "rpc.server.duration", "ms", "How long calls took, from their headers to their status.");

    public static UpDownCounter<long> Active { get; } = Meter.CreateUpDownCounter<long>(
        "rpc.server.active_calls", "{call}", "Calls that are being answered.");

    /// <summary>True where somebody listens, so that a call costs nothing otherwise.</summary>
    public static bool IsEnabled => Duration.Enabled || Active.Enabled || Source.HasListeners();

    public static MeasuredCall Start(RpcEndpoint endpoint, RpcContext context, TimeProvider time) => new(endpoint, context, time);
}
