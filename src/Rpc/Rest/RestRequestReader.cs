using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Wego.Rpc.Codecs;
using Wego.Rpc.Compression;
using Wego.Rpc.Rest.Binding;
using Wego.Rpc.Rest.Routing;

namespace Wego.Rpc.Rest;

/// <summary>Makes the request message out of body, query and path, the later over the earlier.</summary>
internal sealed class RestRequestReader(HttpContext http, RestMatch match, JsonCodec codec, JsonParser json, int? limit)
{
    /// <summary>The HTTP status of a refusal that no status code of RPCs expresses; null for others.</summary>
    public int? RefusalStatus { get; private set; }

    /// <exception cref="RpcException">The request is not such a message, or too large.</exception>
    public async ValueTask<IMessage> ReadAsync(CancellationToken cancellationToken)
    {
        var request = await ReadBodyAsync(cancellationToken);
        RequestBinder.BindQuery(match.Binding, http.Request.QueryString.Value ?? "", request, json);
        RequestBinder.BindPath(match, request, json);
        return request;
    }

    private async ValueTask<IMessage> ReadBodyAsync(CancellationToken cancellationToken)
    {
        var binding = match.Binding;
        if (!binding.HasBody)
        {
            return binding.Endpoint.RequestParser.ParseFrom(ByteString.Empty);
        }

        RequireJson(http.Request.ContentType);
        var isGzip = IsGzip(http.Request.Headers.ContentEncoding.ToString());
        using var body = new PooledBuffer((int)Math.Clamp(http.Request.ContentLength ?? 0, 256, 64 * 1024));
        try
        {
            await ReadAllAsync(body, cancellationToken);
            if (!isGzip)
            {
                return Parse(body.Written);
            }

            using var plain = GzipCodec.Decompress(new ReadOnlySequence<byte>(body.Written), limit);
            return Parse(plain.Written);
        }
        catch (RpcException e) when (e.Code == RpcStatusCode.ResourceExhausted)
        {
            RefusalStatus = StatusCodes.Status413PayloadTooLarge;
            throw;
        }
        catch (BadHttpRequestException e)
        {
            RefusalStatus = e.StatusCode;
            throw;
        }
    }

    private async ValueTask ReadAllAsync(PooledBuffer body, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > limit)
        {
            throw MessageLimits.TooLargeToReceive(limit.Value);
        }

        while (await http.Request.Body.ReadAsync(body.GetMemory(), cancellationToken) is > 0 and var count)
        {
            body.Advance(count);
            if (body.Written.Length > limit)
            {
                throw MessageLimits.TooLargeToReceive(limit.Value);
            }
        }
    }

    private IMessage Parse(ReadOnlyMemory<byte> body)
    {
        var binding = match.Binding;
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        if (body.IsEmpty)
        {
            return binding.Endpoint.RequestParser.ParseFrom(ByteString.Empty);
        }

        return codec.Parse(
            binding.Endpoint.RequestParser,
            binding.Input,
            new ReadOnlySequence<byte>(binding.BodyField is { } field ? Wrap(field.JsonName, body) : body));
    }

    // The parser reads messages only, so a body that is one field is put into one.
    private static byte[] Wrap(string field, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var value = JsonDocument.Parse(body);
            var wrapped = new ArrayBufferWriter<byte>(body.Length + field.Length + 8);
            using var writer = new Utf8JsonWriter(wrapped);
            writer.WriteStartObject();
            writer.WritePropertyName(field);
            value.RootElement.WriteTo(writer);
            writer.WriteEndObject();
            writer.Flush();
            return wrapped.WrittenSpan.ToArray();
        }
        catch (JsonException e)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, $"The request is not valid JSON of the field {field}: {e.Message}", innerException: e);
        }
    }

    private void RequireJson(string? contentType)
    {
        // curl names a form where it is told nothing else; what it sends is judged by the JSON parser.
        if (contentType is not null && !(MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))))
        {
            RefusalStatus = StatusCodes.Status415UnsupportedMediaType;
            throw new RpcException(RpcStatusCode.InvalidArgument, $"The content type '{contentType}' is not supported; send application/json in UTF-8.");
        }
    }

    private bool IsGzip(string encoding)
    {
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (encoding.Equals(GzipCodec.Name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        RefusalStatus = StatusCodes.Status415UnsupportedMediaType;
        http.Response.Headers.AcceptEncoding = GzipCodec.Name;
        throw new RpcException(RpcStatusCode.InvalidArgument, $"The content encoding '{encoding}' is not supported; send gzip or none.");
    }
}
