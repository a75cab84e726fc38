using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Wego.Rpc.Codecs;
using Wego.Rpc.Compression;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.Rest;

/// <summary>Sends a whole JSON response.</summary>
internal static class RestResponse
{
    private const string Json = "application/json";

    /// <summary>Sends a successful response, compressed from a size on where the client accepts gzip.</summary>
    public static async Task SendAsync(HttpContext http, EncodedMessage message, int? compressionThreshold, string contentType = Json)
    {
        using var body = new PooledBuffer(message.Size);
        message.WriteTo(body);
        http.Response.ContentType = contentType;
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (message.Size >= compressionThreshold && AcceptsGzip(http.Request))
        {
            using var compressed = GzipCodec.Compress(body.Written.Span);
            http.Response.Headers.ContentEncoding = GzipCodec.Name;
            await SendAsync(http, compressed.Written);
            return;
        }

        await SendAsync(http, body.Written);
    }

    public static async Task SendErrorAsync(HttpContext http, RpcStatus status, int httpStatus, JsonFormatter formatter)
    {
        using var body = new PooledBuffer(256);
        RestError.Write(status, formatter, body);
        http.Response.StatusCode = httpStatus;
        http.Response.ContentType = Json;
        RetryAfter.Write(status, http.Response);
        if (httpStatus == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await SendAsync(http, body.Written);
    }

    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(e => e.Quality is not 0 && e.Value.Equals(GzipCodec.Name, StringComparison.OrdinalIgnoreCase));
}
