using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wego.Dashboard;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the dashboard into an application; without a folder for it nothing is added.</summary>
public static class DashboardApplicationBuilderExtensions
{
    /// <summary>Takes the configured path prefix off requests. Put it first.</summary>
    public static IApplicationBuilder UseWegoPathPrefix(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<IOptions<DashboardOptions>>().Value;
        return options is { Directory.Length: > 0, PathPrefix: { Length: > 0 } prefix } ? app.UseMiddleware<PathPrefixMiddleware>(prefix) : app;
    }

    /// <summary>Serves the dashboard's files, its <c>config.json</c>, and what its operators pages need. Put it behind RPC and REST, which nothing here shadows.</summary>
    public static IApplicationBuilder UseWegoDashboard(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<IOptions<DashboardOptions>>().Value;
        if (options.Directory.Length == 0)
        {
            return app;
        }

        if (options.Operators)
        {
            app.UseMiddleware<OperatorLogoMiddleware>();
            app.UseMiddleware<KubernetesRelayMiddleware>();
        }

        if (!options.UseConfigFile)
        {
            var configuration = app.ApplicationServices.GetRequiredService<DashboardConfiguration>();
            app.Use(next => http => http.Request.Path == "/config.json" && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                ? SendAsync(http, configuration.Create())
                : next(http));
        }

        DashboardFiles.Use(app, options.Directory);
        return app;
    }

    private static async Task SendAsync(HttpContext http, byte[] document)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(document))[..32]}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = document.Length;
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(document, http.RequestAborted);
        }
    }
}
