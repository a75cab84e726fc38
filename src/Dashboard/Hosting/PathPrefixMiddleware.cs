using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Wego.Dashboard;

/// <summary>
/// Takes a prefix off that a proxy has left, from the raw target too, which REST routes are matched against. The prefix without a slash
/// behind it is redirected, for the dashboard's addresses are relative to its page.
/// </summary>
internal sealed class PathPrefixMiddleware(RequestDelegate next, string prefix)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (!request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
        {
            return next(http);
        }

        if (!rest.HasValue)
        {
            // Relative, since behind a proxy the host is not known here.
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = $"{prefix}/{request.QueryString}";
            return Task.CompletedTask;
        }

        request.PathBase = request.PathBase.Add(prefix);
        request.Path = rest;
        var feature = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (feature.RawTarget.StartsWith(prefix, StringComparison.Ordinal))
        {
            feature.RawTarget = feature.RawTarget[prefix.Length..];
        }

        return next(http);
    }
}
