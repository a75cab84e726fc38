namespace Wego.Plugins.Charts;

/// <summary>Where the next page of a list is (<see href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</see>).</summary>
internal static class OciLink
{
    /// <summary>The path and query of the next page; null at the end.</summary>
    /// <exception cref="ChartException">The next page is on another host.</exception>
    public static string? Next(HttpResponseMessage response, Uri url)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        foreach (var link in links.SelectMany(l => l.Split(',')))
        {
            var (begin, end) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
            if (begin < 0 || end < begin || !link[end..].Replace("\"", "", StringComparison.Ordinal).Contains("rel=next", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var next = new Uri(url, link[(begin + 1)..end]);
            return next.Authority == url.Authority
                ? next.PathAndQuery
                : throw new ChartException(ChartFailure.BadRedirect, $"{ChartUrl.Display(url)} continues its list on another host, which is not followed.");
        }

        return null;
    }
}
