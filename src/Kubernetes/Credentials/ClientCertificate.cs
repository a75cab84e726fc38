using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wego.Kubernetes;

/// <summary>A client certificate with its chain, ready for TLS.</summary>
internal sealed class ClientCertificate : IDisposable
{
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2Collection _chain;

    private ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        _leaf = leaf;
        _chain = chain;
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset NotAfter => new(_leaf.NotAfter.ToUniversalTime());

    public bool HasSameLeaf(ClientCertificate? other) => other is not null && _leaf.RawData.AsSpan().SequenceEqual(other._leaf.RawData);

    public static ClientCertificate Load(ClientCertificateConfiguration configuration, string where)
    {
        var certificate = configuration.CertificatePem ?? PemFiles.ReadText(configuration.CertificateFile!, $"{where}: client-certificate");
        var key = configuration.KeyPem ?? PemFiles.ReadText(configuration.KeyFile!, $"{where}: client-key");
        return Parse(certificate, key, where);
    }

    public static ClientCertificate Parse(string certificatePem, string keyPem, string where)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            if (OperatingSystem.IsWindows())
            {
                // Schannel cannot use a key that was never in a store or PKCS#12.
                using var ephemeral = leaf;
                leaf = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            chain[0].Dispose();
            chain.RemoveAt(0);
            return new ClientCertificate(leaf, chain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The inner exception is dropped: it may quote the input.
            throw new ClusterConfigurationException($"{where}: the client certificate and its key cannot be read as a matching PEM pair.");
        }
    }

    public void Dispose()
    {
        _leaf.Dispose();
        foreach (var certificate in _chain)
        {
            certificate.Dispose();
        }
    }
}
