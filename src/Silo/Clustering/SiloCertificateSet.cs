using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wego.Silo;

/// <summary>What one process of a cluster shows its peers and what it takes theirs by, as its files were at one moment.</summary>
internal sealed class SiloCertificateSet
{
    private readonly X509Certificate2Collection _between;
    private readonly X509Certificate2Collection _authorities;
    private readonly string _text;

    private SiloCertificateSet(X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection authorities, string text) =>
        (Certificate, ValidUntil, _between, _authorities, _text) = (certificate, certificate.NotAfter.ToUniversalTime(), between, authorities, text);

    /// <summary>The certificate of this process, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>When that certificate expires, in UTC.</summary>
    public DateTime ValidUntil { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="known">What was read before; the same object comes back where nothing has changed since.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or they do not belong together; the message names the setting and the remedy.</exception>
    public static SiloCertificateSet Read(SiloTlsOptions options, SiloCertificateSet? known = null)
    {
        var (certificates, key, authority) = (
            ReadText(nameof(options.Certificate), options.Certificate), ReadText(nameof(options.Key), options.Key), ReadText(nameof(options.Authority), options.Authority));
        var text = Hash(certificates, key, authority);
        if (known?._text == text)
        {
            return known;
        }

        var authorities = Import(nameof(options.Authority), options.Authority, authority);
        var between = Import(nameof(options.Certificate), options.Certificate, certificates);
        // The first is the process's own; the key decides below whether it is.
        between.RemoveAt(0);
        return new SiloCertificateSet(WithKey(options, certificates, key), between, authorities, text);
    }

    /// <summary>Whether a peer's certificate comes from the authorities, whatever its name.</summary>
    /// <param name="certificate">The peer's.</param>
    /// <param name="sent">What came with it; null for nothing.</param>
    /// <param name="errors">What .NET, which knows the machine's authorities only, thinks of it.</param>
    public bool Trusts(X509Certificate2 certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Peers send their own certificate only, and have it from where this process has its own.
        chain.ChainPolicy.ExtraStore.AddRange(_between);
        if (sent is not null)
        {
            foreach (var element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate);
    }

    private static string ReadText(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{Name(setting, path)} cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection Import(string setting, string path, string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"{Name(setting, path)} is damaged: {e.Message} It must hold certificates in PEM.", e);
        }

        return certificates.Count > 0 ? certificates : throw new InvalidDataException($"{Name(setting, path)} holds no certificate; it must hold certificates in PEM.");
    }

    private static X509Certificate2 WithKey(SiloTlsOptions options, string certificates, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificates, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{Name(nameof(options.Key), options.Key)} is not the key, unencrypted and in PEM, of the first certificate in {options.Certificate}.", e);
        }
    }

    private static string Name(string setting, string path) => $"{SiloClusterOptions.Section}:Tls:{setting}, {path},";

    // Keys need not be kept twice.
    private static string Hash(params string[] texts) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\0', texts))));
}
