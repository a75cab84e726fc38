using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Codecs;
using Wego.Rpc.Rest;

namespace Wego.Rpc.OpenApi;

/// <summary>Serves the document at <c>/openapi.json</c> and <c>/openapi.yaml</c>; the latter is the same text, since JSON is YAML.</summary>
internal sealed class OpenApiMiddleware(RequestDelegate next, RpcMethodRegistry registry, IOptions<RpcOptions> options, OpenApiInfo info)
{
    private volatile Document? _document;

    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var path = http.Request.Path.Value ?? "";
        path = options.Value.PathPrefix is { Length: > 0 } prefix && path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : path;
        var type = path switch
        {
            "/openapi.json" => "application/json",
            "/openapi.yaml" => "application/yaml",
            _ => null,
        };
        return type is null || !HttpMethods.IsGet(http.Request.Method)
            ? next(http)
            : RestResponse.SendAsync(http, new EncodedMessage(Text()), options.Value.CompressionThreshold, type);
    }

    private string Text()
    {
        var document = _document;
        if (document is null || document.Endpoints != registry.Endpoints)
        {
            _document = document = new Document(registry.Endpoints, OpenApiDocument.Create(registry.Endpoints, info));
        }

        return document.Text;
    }

    private sealed record Document(IReadOnlyList<RpcEndpoint> Endpoints, string Text);
}
