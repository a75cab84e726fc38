using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Rest;

/// <summary>The messages of one REST call: one request, and one response or a stream of them.</summary>
internal sealed class RestChannel(HttpContext http, RestBinding binding, RpcContext context, RestRequestReader reader, RpcMethodRegistry registry, RpcOptions options)
    : IRpcMessageChannel
{
    private const string HeaderPrefix = "Grpc-Metadata-";
    private const string TrailerPrefix = "Grpc-Trailer-";

    private readonly RestStreamFormat? _stream = binding.Endpoint.Kind == RpcMethodKind.ServerStreaming ? RestStreamFormat.For(http.Request) : null;
    private EncodedMessage? _response;
    private PipeWriter? _body;
    private bool _hasRead;

    public async ValueTask<IMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_hasRead)
        {
            return null;
        }

        _hasRead = true;
        return await reader.ReadAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        var encoded = Encode(message);
        if (_stream is null)
        {
            // Sent by FinishAsync: until the method has ended, the HTTP status can still become that of an error.
            _response = encoded;
            return;
        }

        var body = await StartStreamAsync(_stream, cancellationToken);
        _stream.Begin(body, isError: false);
        encoded.WriteTo(body);
        _stream.End(body);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends what remains to be sent once the method has ended.</summary>
    public async ValueTask FinishAsync(RpcStatus status)
    {
        if (_body is not null)
        {
            if (!status.IsOK)
            {
                _stream!.Begin(_body, isError: true);
                RestError.Write(status, registry.JsonFormatter, _body);
                _stream.End(_body);
                await _body.FlushAsync(http.RequestAborted);
            }

            return;
        }

        if (!status.IsOK)
        {
            CopyMetadata();
            await RestResponse.SendErrorAsync(http, status, reader.RefusalStatus ?? RestStatus.ToHttp(status.Code), registry.JsonFormatter);
        }
        else if (_stream is not null)
        {
            await StartStreamAsync(_stream, http.RequestAborted);
        }
        else if (_response is { } response)
        {
            CopyMetadata();
            await RestResponse.SendAsync(http, response, options.CompressionThreshold);
        }
    }

    private EncodedMessage Encode(IMessage message)
    {
        var encoded = new EncodedMessage(Format(message));
        return encoded.Size > options.MaxSendMessageSize
            ? throw MessageLimits.TooLargeToSend(encoded.Size, options.MaxSendMessageSize.Value)
            : encoded;
    }

    private string Format(IMessage message)
    {
        if (binding.ResponseField is not { } field)
        {
            return registry.JsonFormatter.Format(message);
        }

        using var text = new StringWriter();
        registry.JsonFormatter.WriteValue(text, field.Accessor.GetValue(message));
        return text.ToString();
    }

    private async ValueTask<PipeWriter> StartStreamAsync(RestStreamFormat format, CancellationToken cancellationToken)
    {
        if (_body is null)
        {
            http.Response.ContentType = format.ContentType;
            http.Response.Headers.CacheControl = "no-cache";
            ResponseMetadata.CopyHeaders(context, http.Response.Headers, HeaderPrefix);
            await http.Response.StartAsync(cancellationToken);
            _body = http.Response.BodyWriter;
        }

        return _body;
    }

    private void CopyMetadata()
    {
        ResponseMetadata.CopyHeaders(context, http.Response.Headers, HeaderPrefix);
        ResponseMetadata.CopyTrailers(context, http.Response.Headers, TrailerPrefix);
    }
}
