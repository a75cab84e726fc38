namespace Wego.Plugins.Charts;

/// <summary>Addresses of repositories and charts.</summary>
internal static class ChartUrl
{
    /// <summary>Reads the address of a repository.</summary>
    /// <exception cref="ChartException">It is not absolute, has another scheme than those, or holds credentials.</exception>
    public static Uri Parse(string url, params ReadOnlySpan<string> schemes)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) || !schemes.Contains(address.Scheme) || address.Host.Length == 0)
        {
            throw new ChartException(ChartFailure.InvalidUrl, $"The URL of a repository or chart has to be absolute and begin with {string.Join("://, ", schemes.ToArray())}://.");
        }

        return address.UserInfo.Length == 0
            ? address
            : throw new ChartException(ChartFailure.InvalidUrl, $"The URL of {Display(address)} holds credentials; give them in a secret instead.");
    }

    /// <summary>Where the index of a repository is: a query in the repository's URL is kept.</summary>
    public static Uri Index(Uri repository) => new UriBuilder(repository) { Path = repository.AbsolutePath.TrimEnd('/') + "/index.yaml", Fragment = "" }.Uri;

    /// <summary>Where a chart is: a relative address counts from the folder of the index and inherits its query.</summary>
    /// <exception cref="ChartException">It is no <c>http</c>, <c>https</c> or <c>oci</c> URL.</exception>
    public static Uri Chart(Uri repository, string url)
    {
        // On Unix a path that begins with a slash would pass for an absolute file URL.
        if (url.Contains("://", StringComparison.Ordinal))
        {
            return Parse(url, "http", "https", "oci");
        }

        var folder = new UriBuilder(repository) { Path = repository.AbsolutePath.TrimEnd('/') + "/", Query = "", Fragment = "" }.Uri;
        if (!Uri.TryCreate(folder, url, out var chart) || chart.Scheme != folder.Scheme || chart.Authority != folder.Authority)
        {
            throw new ChartException(ChartFailure.InvalidUrl, $"The repository {Display(repository)} lists a chart under an address that is none.");
        }

        return chart.Query.Length == 0 && repository.Query.Length > 0 ? new UriBuilder(chart) { Query = repository.Query }.Uri : chart;
    }

    /// <summary>Whether what was meant for one address may also be shown to another: the same host and port, and not without TLS if the first had it.</summary>
    public static bool MaySeeCredentialsOf(this Uri target, Uri owner) =>
        string.Equals(target.IdnHost, owner.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (target.Port == owner.Port || (target.IsDefaultPort && owner.IsDefaultPort))
        && (target.Scheme == "https" || owner.Scheme != "https");

    /// <summary>The address for messages: without query, fragment and credentials, any of which may hold a secret.</summary>
    public static string Display(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
