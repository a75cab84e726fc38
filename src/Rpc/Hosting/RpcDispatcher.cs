using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Codecs;
using Wego.Rpc.Connect;
using Wego.Rpc.Grpc;
using Wego.Rpc.GrpcWeb;

namespace Wego.Rpc.Hosting;

/// <summary>Finds the method and the protocol of a request by its path and content type.</summary>
internal sealed class RpcDispatcher(
    RpcMethodRegistry registry,
    IOptions<RpcOptions> options,
    GrpcProtocolHandler grpc,
    GrpcWebProtocolHandler grpcWeb,
    ConnectUnaryHandler connectUnary,
    ConnectStreamingHandler connectStreaming)
{
    private readonly JsonCodec _json = new(registry);
    private readonly string _prefix = options.Value.PathPrefix;

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        var mediaType = RpcMediaType.Find(http.Request.ContentType);
        if (!TryFind(path, out var endpoint))
        {
            return mediaType is not null && IsMeantForRpc(http, path, mediaType)
                ? RejectUnknownAsync(http, path, mediaType)
                : next(http);
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return EndAsync(http, StatusCodes.Status405MethodNotAllowed);
        }

        if (mediaType is null || !Fits(mediaType.Protocol, endpoint.Kind))
        {
            http.Response.Headers["Accept-Post"] = RpcMediaType.AllNames;
            return EndAsync(http, StatusCodes.Status415UnsupportedMediaType);
        }

        if (mediaType.Protocol == RpcWireProtocol.Grpc && !HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            // gRPC ends with trailers, which HTTP/1.x clients do not read.
            return EndAsync(http, StatusCodes.Status505HttpVersionNotsupported);
        }

        return Handler(mediaType.Protocol).HandleAsync(new RpcRequest(http, endpoint, mediaType, mediaType.IsJson ? _json : ProtoCodec.Instance));
    }

    private static bool Fits(RpcWireProtocol protocol, RpcMethodKind kind) => protocol switch
    {
        RpcWireProtocol.ConnectUnary => kind == RpcMethodKind.Unary,
        RpcWireProtocol.ConnectStreaming => kind != RpcMethodKind.Unary,
        _ => true,
    };

    private static Task EndAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private ProtocolHandler Handler(RpcWireProtocol protocol) => protocol switch
    {
        RpcWireProtocol.Grpc => grpc,
        RpcWireProtocol.GrpcWeb or RpcWireProtocol.GrpcWebText => grpcWeb,
        RpcWireProtocol.ConnectUnary => connectUnary,
        _ => connectStreaming,
    };

    // JSON to an unknown path may be for somebody else, unless it names a service of ours or the protocol.
    private bool IsMeantForRpc(HttpContext http, string path, RpcMediaType mediaType)
    {
        if (mediaType.Protocol != RpcWireProtocol.ConnectUnary || !mediaType.IsJson || http.Request.Headers.ContainsKey(ConnectHeaderNames.ProtocolVersion))
        {
            return HttpMethods.IsPost(http.Request.Method);
        }

        var name = StripPrefix(path).AsSpan().TrimStart('/');
        var slash = name.IndexOf('/');
        return slash > 0 && registry.HasService(name[..slash]);
    }

    private async Task RejectUnknownAsync(HttpContext http, string path, RpcMediaType mediaType) =>
        await Handler(mediaType.Protocol).RejectAsync(
            http, mediaType, new RpcStatus(RpcStatusCode.Unimplemented, $"This server has no method {StripPrefix(path)}."));

    private string StripPrefix(string path) =>
        _prefix.Length > 0 && path.StartsWith(_prefix + "/", StringComparison.Ordinal) ? path[_prefix.Length..] : path;

    private bool TryFind(string path, [NotNullWhen(true)] out RpcEndpoint? endpoint) =>
        registry.TryFind(path, out endpoint)
        || (_prefix.Length > 0 && path.StartsWith(_prefix, StringComparison.Ordinal) && registry.TryFind(path.AsSpan(_prefix.Length), out endpoint));
}
