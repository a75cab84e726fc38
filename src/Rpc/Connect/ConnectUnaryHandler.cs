using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Codecs;
using Wego.Rpc.Compression;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.Connect;

/// <summary>Connect's unary calls: bare messages as bodies, failures as JSON with an HTTP status (connectrpc.com/docs/protocol).</summary>
internal sealed class ConnectUnaryHandler(
    RpcCallExecutor executor, IOptions<RpcOptions> options, TimeProvider time, RpcMethodRegistry registry)
    : ProtocolHandler<ConnectUnaryChannel>(RpcProtocol.Connect, executor, options.Value, time)
{
    private readonly ConnectErrorWriter _errors = new(registry);

    protected override TimeSpan? ReadTimeout(IHeaderDictionary headers) => ConnectRequestHeaders.ReadTimeout(headers);

    protected override ConnectUnaryChannel CreateChannel(in RpcRequest request, RpcContext context)
    {
        var headers = request.Http.Request.Headers;
        ConnectRequestHeaders.RequireVersion(headers);
        return new ConnectUnaryChannel(request, Options, EncodingNegotiation.IsGzip(headers.ContentEncoding));
    }

    protected override ValueTask FinishAsync(
        HttpContext http, RpcMediaType mediaType, RpcContext? context, ConnectUnaryChannel? channel, RpcStatus status)
    {
        var headers = http.Response.Headers;
        headers.AcceptEncoding = EncodingNegotiation.Accepted;
        ResponseMetadata.CopyHeaders(context, headers);
        ResponseMetadata.CopyTrailers(context, headers, ConnectHeaderNames.TrailerPrefix);
        return status.IsOK && channel?.Response is { } response
            ? WriteMessageAsync(http, mediaType, response)
            : WriteErrorAsync(http, status);
    }

    private async ValueTask WriteMessageAsync(HttpContext http, RpcMediaType mediaType, EncodedMessage message)
    {
        var response = http.Response;
        response.ContentType = mediaType.Name;
        if (message.Size >= Options.CompressionThreshold && EncodingNegotiation.AcceptsGzip(http.Request.Headers.AcceptEncoding))
        {
            using var compressed = GzipCodec.Compress(message);
            response.Headers.ContentEncoding = EncodingNegotiation.Gzip;
            response.ContentLength = compressed.Written.Length;
            await response.Body.WriteAsync(compressed.Written);
            return;
        }

        response.ContentLength = message.Size;
        await response.StartAsync();
        message.WriteTo(response.BodyWriter);
        await response.BodyWriter.FlushAsync();
    }

    private async ValueTask WriteErrorAsync(HttpContext http, RpcStatus status)
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, ConnectErrorWriter.JsonOptions))
        {
            _errors.Write(json, status);
        }

        RetryAfter.Write(status, http.Response);
        http.Response.StatusCode = ConnectCode.HttpStatus(status.Code);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory);
    }
}
