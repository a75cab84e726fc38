using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Compression;
using Wego.Rpc.Envelopes;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.Connect;

/// <summary>Connect's streaming calls: envelopes, of which the last holds the status as JSON; the HTTP status is always 200.</summary>
internal sealed class ConnectStreamingHandler(
    RpcCallExecutor executor, IOptions<RpcOptions> options, TimeProvider time, RpcMethodRegistry registry)
    : ProtocolHandler<EnvelopedChannel>(RpcProtocol.Connect, executor, options.Value, time)
{
    private readonly ConnectErrorWriter _errors = new(registry);

    protected override TimeSpan? ReadTimeout(IHeaderDictionary headers) => ConnectRequestHeaders.ReadTimeout(headers);

    protected override EnvelopedChannel CreateChannel(in RpcRequest request, RpcContext context)
    {
        ConnectRequestHeaders.RequireVersion(request.Http.Request.Headers);
        SetHeaders(request.Http, request.MediaType);
        return new EnvelopedChannel(
            request.Http, request.Endpoint, context, NegotiateEnvelopes(request, ConnectHeaderNames.ContentEncoding, ConnectHeaderNames.AcceptEncoding));
    }

    protected override async ValueTask FinishAsync(
        HttpContext http, RpcMediaType mediaType, RpcContext? context, EnvelopedChannel? channel, RpcStatus status)
    {
        if (channel is null or { HasStarted: false })
        {
            SetHeaders(http, mediaType);
            ResponseMetadata.CopyHeaders(context, http.Response.Headers);
            await http.Response.StartAsync();
        }

        var body = http.Response.BodyWriter;
        var end = Format(context, status);
        Envelope.WriteHeader(body, EnvelopeFlags.EndStream, end.Length);
        body.Write(end);
        await body.FlushAsync();
    }

    private static void SetHeaders(HttpContext http, RpcMediaType mediaType)
    {
        http.Response.ContentType = mediaType.Name;
        http.Response.Headers[ConnectHeaderNames.AcceptEncoding] = EncodingNegotiation.Accepted;
    }

    private ReadOnlySpan<byte> Format(RpcContext? context, RpcStatus status)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, ConnectErrorWriter.JsonOptions))
        {
            json.WriteStartObject();
            if (!status.IsOK)
            {
                json.WritePropertyName("error"u8);
                _errors.Write(json, status);
            }

            if (context is { HasResponseTrailers: true })
            {
                var metadata = new HeaderDictionary();
                ResponseMetadata.CopyTrailers(context, metadata);
                json.WritePropertyName("metadata"u8);
                JsonSerializer.Serialize(json, metadata.ToDictionary(m => m.Key, m => m.Value.ToArray()));
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan;
    }
}
