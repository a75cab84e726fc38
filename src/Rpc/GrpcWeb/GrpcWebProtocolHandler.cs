using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Compression;
using Wego.Rpc.Envelopes;
using Wego.Rpc.Grpc;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.GrpcWeb;

/// <summary>gRPC-Web, binary and text, over any HTTP version (grpc/doc/PROTOCOL-WEB.md): gRPC whose trailers are in the body.</summary>
internal sealed class GrpcWebProtocolHandler(RpcCallExecutor executor, IOptions<RpcOptions> options, TimeProvider time)
    : ProtocolHandler<EnvelopedChannel>(RpcProtocol.GrpcWeb, executor, options.Value, time)
{
    protected override TimeSpan? ReadTimeout(IHeaderDictionary headers) =>
        headers.TryGetValue(GrpcHeaderNames.Timeout, out var timeout) ? GrpcTimeout.Parse(timeout.ToString()) : null;

    protected override EnvelopedChannel CreateChannel(in RpcRequest request, RpcContext context)
    {
        var response = request.Http.Response;
        response.ContentType = request.MediaType.Name;
        response.Headers[GrpcHeaderNames.AcceptEncoding] = EncodingNegotiation.Accepted;
        var settings = NegotiateEnvelopes(request, GrpcHeaderNames.Encoding, GrpcHeaderNames.AcceptEncoding);
        return request.MediaType.Protocol == RpcWireProtocol.GrpcWebText
            ? new GrpcWebTextChannel(request.Http, request.Endpoint, context, settings)
            : new EnvelopedChannel(request.Http, request.Endpoint, context, settings);
    }

    protected override async ValueTask FinishAsync(
        HttpContext http, RpcMediaType mediaType, RpcContext? context, EnvelopedChannel? channel, RpcStatus status)
    {
        if (channel is null || (!channel.HasStarted && !status.IsOK))
        {
            // Without a message the status goes into the headers; the body is empty.
            var headers = http.Response.Headers;
            http.Response.ContentType = mediaType.Name;
            headers[GrpcHeaderNames.AcceptEncoding] = EncodingNegotiation.Accepted;
            ResponseMetadata.CopyHeaders(context, headers);
            ResponseMetadata.CopyTrailers(context, headers);
            GrpcStatusMetadata.Write(status, headers);
            return;
        }

        await channel.StartAsync(CancellationToken.None);
        var trailers = new HeaderDictionary();
        ResponseMetadata.CopyTrailers(context, trailers);
        GrpcStatusMetadata.Write(status, trailers);
        channel.Write(EnvelopeFlags.Trailers, Encoding.UTF8.GetBytes(Format(trailers)));
        await channel.FlushAsync(CancellationToken.None);
    }

    // A header block of HTTP/1.1 with names in lower case and without the empty line.
    private static string Format(HeaderDictionary trailers)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in trailers)
        {
            foreach (var value in values)
            {
                // A line break in a value would be a header of its own.
                text.Append(name.ToLowerInvariant()).Append(": ").Append(value?.ReplaceLineEndings(" ")).Append("\r\n");
            }
        }

        return text.ToString();
    }
}
