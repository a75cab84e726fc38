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

    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram(
        "rpc.server.call.duration",
        "s",
        "How long calls took, from their headers to their status.",
        tags: null,
        // Those of the conventions.
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] });

    public static UpDownCounter<long> Active { get; } = Meter.CreateUpDownCounter<long>(
        "wego.rpc.active_calls", "{call}", "Calls that are being answered.");

    /// <summary>True where somebody listens, so that a call costs nothing otherwise.</summary>
    public static bool IsEnabled => Duration.Enabled || Active.Enabled || Source.HasListeners();

    /// <summary>The code as gRPC's specification writes it, whatever the protocol.</summary>
    public static string NameOf(RpcStatusCode code) => (int)code < Names.Length ? Names[(int)code] : "UNKNOWN";

    public static MeasuredCall Start(RpcEndpoint endpoint, RpcContext context, TimeProvider time) => new(endpoint, context, time);
}
