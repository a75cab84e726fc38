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
            { "rpc.system", System(context.Protocol) },
            { "rpc.service", endpoint.Descriptor.Service.FullName },
            { "rpc.method", endpoint.Descriptor.Name },
        };
        RpcTelemetry.Active.Add(1, _tags);
        _activity = RpcTelemetry.Source.StartActivity(endpoint.Path[1..], ActivityKind.Server, Parent(context), _tags);
    }

    public RpcStatus? Status { get; set; }

    public void Dispose()
    {
        RpcTelemetry.Active.Add(-1, _tags);
        var code = Status?.Code ?? RpcStatusCode.Unknown;
        _tags.Add("rpc.grpc.status_code", (int)code);
        RpcTelemetry.Duration.Record(_time.GetElapsedTime(_start).TotalMilliseconds, _tags);
        if (_activity is null)
        {
            return;
        }

        _activity.SetTag("rpc.grpc.status_code", (int)code);
        if (IsServerFault(code))
        {
            // The status text may name what a user sent, so only the code is recorded.
            _activity.SetStatus(ActivityStatusCode.Error, code.ToString());
        }

        _activity.Dispose();
    }

    // The conventions call these, and no other codes, errors of a server span.
    private static bool IsServerFault(RpcStatusCode code) => code is RpcStatusCode.Unknown or RpcStatusCode.DeadlineExceeded
        or RpcStatusCode.Unimplemented or RpcStatusCode.Internal or RpcStatusCode.Unavailable or RpcStatusCode.DataLoss;

    private static string System(RpcProtocol protocol) => protocol switch
    {
        RpcProtocol.Connect => "connect_rpc",
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
