using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Wego.Rpc.Rest.Routing;

/// <summary>A request's path in segments, still encoded: once decoded, <c>%2F</c> could not be told from a separator.</summary>
internal sealed class RequestPath
{
    private RequestPath(string[] segments)
    {
        Segments = segments;
        var last = segments[^1];
        var colon = last.LastIndexOf(':');
        if (colon >= 0)
        {
            WithoutVerb = ([.. segments[..^1], last[..colon]], last[(colon + 1)..]);
        }
    }

    public string[] Segments { get; }

    /// <summary>The path read as one that ends in a verb; null where its last segment has no colon.</summary>
    public (string[] Segments, string Verb)? WithoutVerb { get; }

    /// <param name="path">A path without its query, beginning with a slash.</param>
    public static RequestPath Parse(string path) => new(path[1..].Split('/'));

    /// <summary>The path of a request, without the prefix that a proxy may have left.</summary>
    public static RequestPath Of(HttpContext http, string prefix)
    {
        var path = Target(http);
        if (prefix.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length && path[prefix.Length] == '/')
        {
            path = path[prefix.Length..];
        }

        return Parse(path);
    }

    private static string Target(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var uri))
        {
            // The absolute form, as proxies may send it (RFC 9112, 3.2.2).
            target = uri.GetComponents(UriComponents.Path | UriComponents.KeepDelimiter, UriFormat.UriEscaped);
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        target = query < 0 ? target : target[..query];
        return target.StartsWith('/') ? target : http.Request.Path.ToUriComponent() is { Length: > 0 } path ? path : "/";
    }
}
