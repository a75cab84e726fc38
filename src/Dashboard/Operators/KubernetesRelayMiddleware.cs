using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wego.Kubernetes;

namespace Wego.Dashboard;

/// <summary>
/// The Kubernetes API of a cluster at <c>/api/clusters/CLUSTER/api…</c> and <c>…/apis…</c>, with the caller's token and nobody else's. Of
/// the request only method, path, query, body, <c>Accept</c> and <c>Content-Type</c> are passed on, of the answer status, body and
/// <c>Content-Type</c>: no cookies either way.
/// </summary>
internal sealed class KubernetesRelayMiddleware(RequestDelegate next, IKubernetesClients clusters)
{
    private const string Root = "/api/clusters/";

    public async Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith(Root, StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        var rest = target[Root.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (cluster, path) = slash < 0 ? (rest, "") : (Uri.UnescapeDataString(rest[..slash]), rest[slash..]);
        if (Refusal(http, cluster, path) is var (status, message))
        {
            await RefuseAsync(http, status, message);
            return;
        }

        await RelayAsync(http, cluster, path);
    }

    private (int Status, string Message)? Refusal(HttpContext http, string cluster, string path)
    {
        if (http.WebSockets.IsWebSocketRequest || http.Request.Headers.Upgrade.Count > 0)
        {
            return (StatusCodes.Status501NotImplemented, "Connections are not upgraded; use watch requests.");
        }

        if (http.Request.Method is not ("GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            return (StatusCodes.Status405MethodNotAllowed, "The Kubernetes API has no such method.");
        }

        if (!clusters.Names.Contains(cluster, StringComparer.Ordinal))
        {
            return (StatusCodes.Status404NotFound, $"There is no cluster '{cluster}' here.");
        }

        var segments = path.Split('?', 2)[0].Split('/');
        if (segments is not ["", "api" or "apis", ..] || Array.Exists(segments, s => Uri.UnescapeDataString(s) is "." or ".." || Uri.UnescapeDataString(s).Contains('\\', StringComparison.Ordinal)))
        {
            return (StatusCodes.Status404NotFound, "Only paths below /api and /apis are served.");
        }

        return Token(http) is null ? (StatusCodes.Status401Unauthorized, "Send 'Authorization: Bearer TOKEN'.") : null;
    }

    private async Task RelayAsync(HttpContext http, string cluster, string path)
    {
        var request = http.Request;
        var relayed = new RelayRequest(new HttpMethod(request.Method), path)
        {
            Accept = request.Headers.Accept.Count > 0 ? request.Headers.Accept.ToString() : null,
            Body = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? request.Body : null,
            ContentType = request.ContentType,
        };
        try
        {
            using var answer = await clusters.Get(cluster).RelayAsync(KubernetesIdentity.Bearer(Token(http)!), relayed, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await CopyAsync(await answer.Content.ReadAsStreamAsync(http.RequestAborted), http);
        }
        catch (KubernetesException e) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, e.Failure == KubernetesFailure.Unauthorized ? StatusCodes.Status401Unauthorized : StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The client left, or the API server did: the client sees an answer cut short, as it would without a relay.
            http.Abort();
        }
    }

    // Each piece goes on as it comes: an event of a watch must not wait for the next.
    private static async Task CopyAsync(Stream from, HttpContext http)
    {
        var buffer = new byte[16 * 1024];
        await http.Response.Body.FlushAsync(http.RequestAborted);
        while (await from.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static string? Token(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length ? header[Scheme.Length..].Trim() : null;
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new { kind = "Status", apiVersion = "v1", status = "Failure", message, code = status }, http.RequestAborted);
    }
}
