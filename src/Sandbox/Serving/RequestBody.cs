using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Wego.Sandbox.Json;
using Wego.Sandbox.Protobuf;

namespace Wego.Sandbox.Serving;

/// <summary>Reads request bodies.</summary>
internal static class RequestBody
{
    /// <summary>The API server's own limit for a request body.</summary>
    public const int Limit = 3 * 1024 * 1024;

    private static readonly JsonDocumentOptions ParseOptions = new() { AllowDuplicateProperties = false, MaxDepth = 128 };

    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string ApplyYaml = "application/apply-patch+yaml";

    /// <summary>The media type without parameters; a missing one is JSON.</summary>
    public static string MediaType(HttpContext http) =>
        MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant() : Json;

    /// <summary>The body as a JSON tree; YAML where the media type says so.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpContext http, IReadOnlyList<string> accepted, CancellationToken cancellationToken)
    {
        var type = MediaType(http);
        if (!accepted.Contains(type) && !(type is ProtobufBody.MediaType && accepted.Contains(Json)))
        {
            throw ApiErrors.UnsupportedMediaType(accepted);
        }

        var bytes = await ReadBytesAsync(http, cancellationToken);
        if (bytes.Length == 0)
        {
            return null;
        }

        if (type is ProtobufBody.MediaType)
        {
            return ProtobufBody.Read(bytes);
        }

        try
        {
            var first = bytes.FirstOrDefault(b => b > ' ');
            return type.EndsWith("yaml", StringComparison.Ordinal) && first != '{'
                ? YamlDocuments.Parse(Encoding.UTF8.GetString(bytes)).FirstOrDefault()
                : JsonNode.Parse(bytes, documentOptions: ParseOptions);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type application/json): {e.Message}");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > Limit)
        {
            throw ApiErrors.TooLarge(Limit);
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenSpan.ToArray();
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > Limit)
            {
                throw ApiErrors.TooLarge(Limit);
            }
        }
    }
}
