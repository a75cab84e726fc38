using Microsoft.AspNetCore.Http;
using Wego.Kubernetes;

namespace Wego.Dashboard;

/// <summary>
/// The logos of operators at <c>/apis/operators/namespaces/NS/operator/NAME/logo</c>, for <c>img</c> elements, which send no token: they
/// are read with the service's identity.
/// </summary>
internal sealed class OperatorLogoMiddleware(RequestDelegate next, IKubernetesClients clusters)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || Find(http.Request.Path.Value ?? "") is not { } icon)
        {
            await next(http);
            return;
        }

        RawResponse answer;
        try
        {
            answer = await clusters.Get("").GetRawAsync(KubernetesIdentity.Service, icon, http.RequestAborted);
        }
        catch (KubernetesException e)
        {
            http.Response.StatusCode = e.Failure == KubernetesFailure.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status502BadGateway;
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync("The logo cannot be read from the cluster.", http.RequestAborted);
            return;
        }

        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        // An SVG opened as a page of its own must run nothing: it comes from whoever packaged the operator.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.CacheControl = "public, max-age=3600";
        http.Response.ContentType = ImageType.Of(answer.Body.Span);
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static string? Find(string path)
    {
        path = path.StartsWith("/apis/", StringComparison.Ordinal) ? path["/apis".Length..] : path;
        return path.Split('/') is ["", "operators", "namespaces", var ns, "operator", var name, "logo"] && IsName(ns) && IsName(name)
            ? $"/apis/packages.operators.coreos.com/v1/namespaces/{ns}/packagemanifests/{name}/icon"
            : null;
    }

    private static bool IsName(string text) => text is { Length: > 0 and <= 253 } and not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
