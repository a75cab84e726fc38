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
            var certificates = AddCertificates(silo.Services, options);
            silo.UseTls(tls => Configure(tls, certificates));
        }
    }

    public static void Add(IClientBuilder client, SiloTlsOptions options)
    {
        if (options.IsOn)
        {
            var certificates = AddCertificates(client.Services, options);
            client.UseTls(tls => Configure(tls, certificates));
        }
    }

    private static SiloCertificates AddCertificates(IServiceCollection services, SiloTlsOptions options)
    {
        var certificates = new SiloCertificates(options);
        services.AddSingleton(certificates);
        services.AddHostedService<SiloCertificateReload>();
        return certificates;
    }

    private static void Configure(TlsOptions tls, SiloCertificates certificates)
    {
        // Asked for at the start, to see that there is one; each connection asks the selectors.
        tls.LocalCertificate = certificates.Current.Certificate;
        tls.LocalServerCertificateSelector = (_, _) => certificates.Current.Certificate;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Current.Certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, errors) => certificates.Current.Trusts(certificate, chain, errors);
        tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = PeerName;
    }
}
