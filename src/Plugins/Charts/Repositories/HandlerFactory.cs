using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wego.Plugins.Charts;

/// <summary>Makes HTTP handlers.</summary>
internal static class HandlerFactory
{
    public static SocketsHttpHandler Create(ChartConnection connection)
    {
        return new SocketsHttpHandler
        {
            // Redirects are followed by hand, since credentials must not follow them blindly; archives must arrive as they are stored.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // A repository may be anybody's: neither a caller's trace nor the baggage that came with it is its business.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseProxy = connection.Proxy is not null,
            Proxy = connection.Proxy?.ToWebProxy(),
            SslOptions = Tls(connection.Tls),
        };
    }

    private static SslClientAuthenticationOptions Tls(ChartTls tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.InsecureSkipVerify)
        {
#pragma warning disable CA5359 // Asked for by the repository's owner, who is told what it means.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (tls.CertificateAuthorities.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Import(policy.CustomTrustStore, tls.CertificateAuthorities, "CA");
            options.CertificateChainPolicy = policy;
        }

        if (tls.ClientCertificate.Length > 0 || tls.ClientKey.Length > 0)
        {
            options.ClientCertificateContext = ClientCertificate(tls);
        }

        return options;
    }

    private static SslStreamCertificateContext ClientCertificate(ChartTls tls)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPem(tls.ClientCertificate, tls.ClientKey);
            var chain = new X509Certificate2Collection();
            Import(chain, tls.ClientCertificate, "client");
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ChartException(ChartFailure.InvalidCredentials, "The TLS client certificate and key are no matching pair in PEM format.");
        }
    }

    private static void Import(X509Certificate2Collection store, string pem, string what)
    {
        try
        {
            store.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            store.Clear();
        }

        if (store.Count == 0)
        {
            throw new ChartException(ChartFailure.InvalidCredentials, $"The TLS {what} certificate is not in PEM format.");
        }
    }
}
