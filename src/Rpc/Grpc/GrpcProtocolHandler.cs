using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Wego.Rpc.Compression;
using Wego.Rpc.Envelopes;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.Grpc;

/// <summary>gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md).</summary>
internal sealed class GrpcProtocolHandler(RpcCallExecutor executor, IOptions<RpcOptions> options, TimeProvider time)
    : ProtocolHandler<EnvelopedChannel>(RpcProtocol.Grpc, executor, options.Value, time)
{
    protected override TimeSpan? ReadTimeout(IHeaderDictionary headers) =>
        headers.TryGetValue(GrpcHeaderNames.Timeout, out var timeout) ? GrpcTimeout.Parse(timeout.ToString()) : null;

    protected override EnvelopedChannel CreateChannel(in RpcRequest request, RpcContext context)
    {
        request.Http.Response.ContentType = request.MediaType.Name;
        return new EnvelopedChannel(
            request.Http, request.Endpoint, context, NegotiateEnvelopes(request, GrpcHeaderNames.Encoding, GrpcHeaderNames.AcceptEncoding));
    }

    protected override ValueTask FinishAsync(
        HttpContext http, RpcMediaType mediaType, RpcContext? context, EnvelopedChannel? channel, RpcStatus status)
    {
        IHeaderDictionary target;
        if (channel is { HasStarted: true })
        {
            target = http.Features.Get<IHttpResponseTrailersFeature>()!.Trailers;
        }
        else
        {
            // Without a message the status goes into the only header block ("Trailers-Only").
            target = http.Response.Headers;
            http.Response.ContentType = mediaType.Name;
            if (status.Code == RpcStatusCode.Unimplemented)
            {
                target[GrpcHeaderNames.AcceptEncoding] = EncodingNegotiation.Accepted;
            }

            ResponseMetadata.CopyHeaders(context, target);
        }

        ResponseMetadata.CopyTrailers(context, target);
        GrpcStatusMetadata.Write(status, target);
        return ValueTask.CompletedTask;
    }
}
