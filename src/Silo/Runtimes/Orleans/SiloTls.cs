using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace Wego.Silo;

/// <summary>TLS between the processes of a cluster, both sides with a certificate of one authority: callers' tokens travel there.</summary>
internal static class SiloTls
{
    // Peers are known by their authority, not by names: pods are reached by addresses that no certificate lists.
    private const string PeerName = "wego";

    public static void Add(ISiloBuilder silo, SiloTlsOptions options)
    {
        if (options.IsOn)
        {
            silo.UseTls(tls => Configure(tls, options));
        }
    }

    public static void Add(IClientBuilder client, SiloTlsOptions options)
    {
        if (options.IsOn)
        {
            client.UseTls(tls => Configure(tls, options));
        }
    }

    private static void Configure(TlsOptions tls, SiloTlsOptions options)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.Authority);
        tls.LocalCertificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = PeerName;
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            foreach (var element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate);
    }
}
