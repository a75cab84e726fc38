using System.Net;
using System.Text;

namespace Wego.Plugins.Charts;

/// <summary>
/// The proxies for requests, as the environment variables <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> describe them
/// (<see href="https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config">as Go reads them</see>). Its text form contains no secret.
/// </summary>
public sealed record ChartProxy
{
    /// <summary>The proxy for <c>http</c> addresses, or null for none. A user and password in it are used.</summary>
    public Uri? Http { get; init; }

    /// <summary>The proxy for <c>https</c> addresses, or null for none. A user and password in it are used.</summary>
    public Uri? Https { get; init; }

    /// <summary>
    /// Hosts that are reached straight, separated by commas: a name with its subdomains, <c>.name</c> for the subdomains alone,
    /// an IP address or range, any of them with a port, or <c>*</c> for all. This machine is always reached straight.
    /// </summary>
    public string NoProxy { get; init; } = "";

    /// <summary>A key to share connections by, from which nothing can be learnt.</summary>
    internal ContentDigest Fingerprint => ContentDigest.Compute(Encoding.UTF8.GetBytes(string.Join('\0', Http?.OriginalString, Https?.OriginalString, NoProxy)));

    /// <summary>The same proxy for every address.</summary>
    public static ChartProxy ForAll(Uri proxy) => new() { Http = proxy, Https = proxy };

    /// <summary>Reads the address of a proxy, which may lack its scheme.</summary>
    /// <exception cref="ChartException">It is none.</exception>
    public static Uri ParseAddress(string text)
    {
        var address = text.Trim();
        return Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or "socks5" && uri.Host.Length > 0
                ? uri
                : throw new ChartException(ChartFailure.InvalidUrl, "The address of the proxy has to be of the form http://HOST:PORT.");
    }

    /// <summary>What a handler asks.</summary>
    /// <exception cref="ChartException">An address is no proxy's.</exception>
    internal IWebProxy ToWebProxy() => new ProxyRules(Require(Http), Require(Https), ProxyExceptions.Parse(NoProxy));

    /// <inheritdoc/>
    public override string ToString() => "[proxy]";

    private static Uri? Require(Uri? proxy) => proxy is null || (proxy.IsAbsoluteUri && proxy.Scheme is "http" or "https" or "socks5")
        ? proxy
        : throw new ChartException(ChartFailure.InvalidUrl, "The proxy has to be an absolute http, https or socks5 URL.");

    private sealed class ProxyRules(Uri? http, Uri? https, ProxyExceptions exceptions) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = CredentialsOf(http, https);

        public Uri? GetProxy(Uri destination) => Choose(destination) is { } proxy && !exceptions.Cover(destination)
            ? new Uri(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))
            : null;

        public bool IsBypassed(Uri host) => GetProxy(host) is null;

        private Uri? Choose(Uri destination) => destination.Scheme == "https" ? https : http;

        private static CredentialCache CredentialsOf(params ReadOnlySpan<Uri?> proxies)
        {
            var cache = new CredentialCache();
            foreach (var proxy in proxies)
            {
                if (proxy is null || proxy.UserInfo.Length == 0)
                {
                    continue;
                }

                var parts = Uri.UnescapeDataString(proxy.UserInfo).Split(':', 2);
                var address = new Uri(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
                cache.Remove(address, "Basic");
                cache.Add(address, "Basic", new NetworkCredential(parts[0], parts.ElementAtOrDefault(1)));
            }

            return cache;
        }
    }
}
