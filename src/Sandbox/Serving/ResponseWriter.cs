using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Serving;

/// <summary>Writes JSON answers.</summary>
internal static class ResponseWriter
{
    private const string Json = "application/json";

    public static Task WriteAsync(HttpContext http, int code, JsonNode body, CancellationToken cancellationToken) =>
        WriteAsync(http, code, JsonText.ToUtf8(body), cancellationToken);

    public static Task WriteAsync(HttpContext http, int code, KubernetesObject body, CancellationToken cancellationToken) =>
        WriteAsync(http, code, StoredObject.Utf8(body).ToArray(), cancellationToken);

    public static Task WriteAsync(HttpContext http, int code, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        WriteAsync(http, code, json, Json, cancellationToken);

    /// <param name="http">The request.</param>
    /// <param name="code">The status.</param>
    /// <param name="json">The body.</param>
    /// <param name="type">Its media type, where it is not plain JSON.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public static async Task WriteAsync(HttpContext http, int code, ReadOnlyMemory<byte> json, string type, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = type;
        if (code < 300 && type == Json && ContentNegotiation.WantsYaml(http.Request.Headers.Accept))
        {
            http.Response.ContentType = "application/yaml";
            json = Encoding.UTF8.GetBytes(YamlWriter.Write(JsonElement.Parse(json.Span)));
        }

        http.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(json, cancellationToken);
        }
    }

    public static Task WriteErrorAsync(HttpContext http, ApiException error, CancellationToken cancellationToken)
    {
        if (error.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(http, error.Code, error.ToStatus(), cancellationToken);
    }

    /// <summary>A list built from the bytes of its items, which are not parsed or serialised again.</summary>
    public static ReadOnlyMemory<byte> List(string apiVersion, string kind, JsonObject metadata, IEnumerable<KubernetesObject> items, string? impliedKind = null)
    {
        // Items of built-in lists do not repeat what the list says; stored objects begin with exactly these bytes.
        var header = impliedKind is null ? [] : Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{apiVersion}\",\"kind\":\"{impliedKind}\",");
        var buffer = new ArrayBufferWriter<byte>(4096);
        buffer.Write(JsonText.ToUtf8(new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion, ["metadata"] = metadata }).AsSpan()[..^1]);
        buffer.Write(",\"items\":["u8);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                buffer.Write(","u8);
            }

            first = false;
            var bytes = StoredObject.Utf8(item);
            if (header.Length > 0 && bytes.StartsWith(header))
            {
                buffer.Write("{"u8);
                bytes = bytes[header.Length..];
            }

            buffer.Write(bytes);
        }

        buffer.Write("]}"u8);
        return buffer.WrittenMemory;
    }
}
