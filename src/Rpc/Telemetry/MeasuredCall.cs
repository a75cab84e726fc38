using System.Diagnostics;

namespace Wego.Rpc.Telemetry;

/// <summary>One call's span and measurements, from its construction to its disposal.</summary>
internal sealed class MeasuredCall : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Activity? _activity;
    private TagList _tags;

    public MeasuredCall(RpcEndpoint endpoint, RpcContext context, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _tags = new TagList
        {
            { "rpc.system.name", System(context.Protocol) },
            { "rpc.method", endpoint.Path[1..] },
            { "wego.rpc.kind", endpoint.Kind == RpcMethodKind.Unary ? "unary" : "stream" },
        };
        RpcTelemetry.Active.Add(1, _tags);
        _activity = RpcTelemetry.Source.StartActivity(endpoint.Path[1..], ActivityKind.Server, Parent(context), _tags);
    }

    public RpcStatus? Status { get; set; }

    public void Dispose()
    {
        RpcTelemetry.Active.Add(-1, _tags);
        var code = Status?.Code ?? RpcStatusCode.Unknown;
        var name = RpcTelemetry.NameOf(code);
        _tags.Add("rpc.response.status_code", name);
        _activity?.SetTag("rpc.response.status_code", name);
        if (IsServerFault(code))
        {
            _tags.Add("error.type", name);
            // The status text may name what a user sent, so only the code is recorded.
            _activity?.SetTag("error.type", name).SetStatus(ActivityStatusCode.Error, name);
        }

        RpcTelemetry.Duration.Record(_time.GetElapsedTime(_start).TotalSeconds, _tags);
        _activity?.Dispose();
    }

    // The conventions call these, and no other codes, errors of a server.
    private static bool IsServerFault(RpcStatusCode code) => code is RpcStatusCode.Unknown or RpcStatusCode.DeadlineExceeded
        or RpcStatusCode.Unimplemented or RpcStatusCode.Internal or RpcStatusCode.Unavailable or RpcStatusCode.DataLoss;

    private static string System(RpcProtocol protocol) => protocol switch
    {
        RpcProtocol.Connect => "connectrpc",
        RpcProtocol.Rest => "http_json",
        _ => "grpc",
    };

    // The host starts a span from the request's traceparent where it traces itself; otherwise the header is read here.
    private static ActivityContext Parent(RpcContext context) =>
        Activity.Current is null
        && ActivityContext.TryParse(context.RequestHeaders.TraceParent, context.RequestHeaders.TraceState, isRemote: true, out var parent)
            ? parent
            : default;
}
