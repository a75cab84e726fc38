using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Wego.Rpc;

/// <summary>One call as its service and the interceptors see it.</summary>
public sealed class RpcContext
{
    private const string BearerPrefix = "Bearer ";

    private readonly HttpContext? _http;
    private readonly CancellationToken _cancellationToken;
    private CallDeadline? _deadline;
    private CancellationToken? _end;
    private IHeaderDictionary? _responseHeaders;
    private IHeaderDictionary? _responseTrailers;
    private Dictionary<object, object?>? _items;
    private Func<IMessage, ValueTask>? _onRequest;

    /// <summary>Describes a call that came over HTTP.</summary>
    internal RpcContext(MethodDescriptor method, RpcProtocol protocol, HttpContext http)
    {
        Method = method;
        Protocol = protocol;
        _http = http;
        RequestHeaders = http.Request.Headers;
    }

    /// <summary>Describes a call within the process, for example one that a test makes.</summary>
    /// <param name="method">The method called.</param>
    /// <param name="requestHeaders">What an HTTP request would carry; null for none.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public RpcContext(MethodDescriptor method, IHeaderDictionary? requestHeaders = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = method;
        Protocol = RpcProtocol.InProcess;
        RequestHeaders = requestHeaders ?? new HeaderDictionary();
        _cancellationToken = cancellationToken;
    }

    /// <summary>The method called.</summary>
    public MethodDescriptor Method { get; }

    /// <summary>The protocol by which the call came in.</summary>
    public RpcProtocol Protocol { get; }

    /// <summary>The request's headers. Names that end in <c>-bin</c> hold base64: see <see cref="RpcMetadata"/>.</summary>
    public IHeaderDictionary RequestHeaders { get; }

    /// <summary>Headers to send before the first response message; changes after it have no effect.</summary>
    public IHeaderDictionary ResponseHeaders => _responseHeaders ??= new HeaderDictionary();

    /// <summary>Metadata to send with the status.</summary>
    public IHeaderDictionary ResponseTrailers => _responseTrailers ??= new HeaderDictionary();

    /// <summary>When the caller stops waiting, in UTC; null when it did not say.</summary>
    public DateTimeOffset? Deadline => _deadline?.Time;

    /// <summary>Cancelled when the caller is gone, the deadline has passed or, for a stream, the server stops.</summary>
    public CancellationToken CancellationToken => _end ?? _deadline?.Token ?? _http?.RequestAborted ?? _cancellationToken;

    /// <summary>The first (or only) request message; null until it has been read.</summary>
    public IMessage? Request { get; private set; }

    /// <summary>
    /// Has something done once the first (or only) request has been read and before the service sees it: what decides by the request.
    /// Throwing <see cref="RpcException"/> refuses the call.
    /// </summary>
    public void OnRequest(Func<IMessage, ValueTask> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var before = _onRequest;
        _onRequest = before is null ? action : async request =>
        {
            await before(request);
            await action(request);
        };
    }

    /// <summary>The address of the other end, <c>host:port</c>; empty when there is no network.</summary>
    public string Peer => _http?.Connection is { RemoteIpAddress: { } address } connection
        ? new IPEndPoint(address, connection.RemotePort).ToString()
        : string.Empty;

    /// <summary>What interceptors hand to each other and to the service.</summary>
    public IDictionary<object, object?> Items => _items ??= [];

    /// <summary>
    /// The token of the header <c>Authorization: Bearer …</c> (RFC 6750; the scheme in any case), or null where there is none.
    /// It must never be logged or stored.
    /// </summary>
    public string? BearerToken
    {
        get
        {
            var value = RequestHeaders.Authorization;
            return value.Count == 1 && value[0] is { } text && text.Length > BearerPrefix.Length
                && text.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? text[BearerPrefix.Length..]
                : null;
        }
    }

    /// <summary>How messages are exchanged with the caller.</summary>
    internal IRpcMessageChannel Channel { get; set; } = null!;

    internal bool HasResponseHeaders => _responseHeaders is { Count: > 0 };

    internal bool HasResponseTrailers => _responseTrailers is { Count: > 0 };

    /// <summary>Cancelled at the deadline; unlike <see cref="CancellationToken"/> it costs nothing where there is none.</summary>
    internal CancellationToken DeadlineToken => _deadline?.Token ?? CancellationToken.None;

    /// <summary>True once the deadline has passed.</summary>
    internal bool IsDeadlineExceeded => _deadline is { IsExceeded: true };

    /// <summary>Says that the first request has been read.</summary>
    internal ValueTask SetRequestAsync(IMessage request)
    {
        Request = request;
        return _onRequest?.Invoke(request) ?? ValueTask.CompletedTask;
    }

    /// <summary>Ends the call with a token that takes the place of all others.</summary>
    internal void EndWith(CancellationToken token) => _end = token;

    /// <summary>Ends the call at a deadline, which its creator disposes when the call is over.</summary>
    internal void SetDeadline(CallDeadline deadline) => _deadline = deadline;
}
