using Wego.Rpc;
using Wego.Rpc.OpenApi;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the OpenAPI document into an application.</summary>
public static class OpenApiApplicationBuilderExtensions
{
    /// <summary>
    /// Serves an OpenAPI 3.0 document of all REST bindings at <c>/openapi.json</c> and <c>/openapi.yaml</c>, without
    /// authentication. Put it before <c>UseRpcRest</c>.
    /// </summary>
    public static IApplicationBuilder UseRpcOpenApi(this IApplicationBuilder app, OpenApiInfo info)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(info);
        return app.UseMiddleware<OpenApiMiddleware>(info);
    }
}
