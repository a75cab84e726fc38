using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Wego.Kubernetes;

/// <summary>The connections to one API server under one client certificate, or under none.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private const int StreamWindowBytes = 2 << 20;

    private readonly HttpMessageInvoker _invoker;

    public ConnectionPool(ClusterConfiguration configuration, ClientCertificate? certificate, TimeSpan connectTimeout)
    {
        Certificate = certificate;
        Authorities = configuration.CertificateAuthorities;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // A redirect would take the token elsewhere.
            UseCookies = false,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8, // Impersonated names need not be ASCII.
            // As the parts of Kubernetes itself: compressing costs the API server more time than the bytes take within a cluster.
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            // A page of a list has megabytes: it must not wait for a window that grows as it is read.
            InitialHttp2StreamWindowSize = StreamWindowBytes,
            ConnectTimeout = connectTimeout,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            // New requests find new addresses of the API server; those under way, watches among them, stay where they are.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            UseProxy = configuration.ProxyUrl is not null || configuration.UseEnvironmentProxy,
            PlaintextStreamFilter = static (context, _) =>
                ValueTask.FromResult(context.NegotiatedHttpVersion.Major == 1 ? new RepeatedHeaderStream(context.PlaintextStream) : context.PlaintextStream),
            Proxy = configuration.ProxyUrl is { } proxy ? CreateProxy(proxy) : null,
        };
        ServerCertificateValidator.Configure(handler.SslOptions, configuration);
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = certificate.Context;
        }
        else
        {
            // Without this the platform may offer a certificate of its own store, which would win over a relayed token.
            handler.SslOptions.LocalCertificateSelectionCallback = static (_, _, _, _, _) => null!;
        }

        _invoker = new HttpMessageInvoker(handler);
    }

    public ClientCertificate? Certificate { get; }

    public X509Certificate2Collection? Authorities { get; }

    /// <summary>Sends without any time limit of its own; the caller brings a deadline.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <summary>Closes idle connections; those in use end with their requests.</summary>
    public void Dispose() => _invoker.Dispose();

    private static WebProxy CreateProxy(Uri proxy)
    {
        // Messages of SocketsHttpHandler quote the proxy's address: no password in it.
        var web = new WebProxy(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri);
        if (proxy.UserInfo is { Length: > 0 } info)
        {
            var parts = info.Split(':', 2);
            web.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return web;
    }
}
