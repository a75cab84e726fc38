using Microsoft.AspNetCore.Connections.Features;
using Wego.Lifecycle;

namespace Wego.Silo;

/// <summary>
/// Sends clients of a replica that is about to end elsewhere: each request is still answered, and its connection then closed (HTTP/1.1)
/// or told to take no further ones (GOAWAY of HTTP/2). Otherwise they would all find out at once, at the end.
/// </summary>
internal sealed class DrainingConnections(Drain drain)
{
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (drain.HasBegun)
        {
            if (HttpProtocol.IsHttp2(http.Request.Protocol))
            {
                http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            }
            else
            {
                http.Response.Headers.Connection = "close";
            }
        }

        return next(http);
    }
}
