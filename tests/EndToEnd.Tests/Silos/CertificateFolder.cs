using System.Security.Cryptography.X509Certificates;
using Wego.Silo;

namespace Wego.EndToEnd.Silos;

/// <summary>Certificates as the kubelet mounts a Secret: files that are links through one link, which it changes when the Secret changes.</summary>
internal sealed class CertificateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-tls-");
    private int _versions;

    public SiloTlsOptions Options => new() { Certificate = PathOf("tls.crt"), Key = PathOf("tls.key"), Authority = PathOf("ca.crt") };

    /// <summary>The arguments that name the files.</summary>
    public string[] Arguments =>
    [
        $"--Wego:Cluster:Tls:Certificate={Options.Certificate}", $"--Wego:Cluster:Tls:Key={Options.Key}", $"--Wego:Cluster:Tls:Authority={Options.Authority}",
        "--Wego:Cluster:Tls:ReloadInterval=00:00:00.1",
    ];

    /// <summary>Replaces all files.</summary>
    /// <param name="certificate">The certificate, whose key goes with it.</param>
    /// <param name="authorities">Those of peers.</param>
    /// <param name="between">What is between the certificate and the authority.</param>
    public void Mount(X509Certificate2 certificate, string authorities, string between = "") =>
        Mount(certificate.ExportCertificatePem() + "\n" + between, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), authorities);

    /// <summary>Replaces all files.</summary>
    public void Mount(string certificates, string key, string authorities)
    {
        var version = _folder.CreateSubdirectory($"..{++_versions}");
        foreach (var (name, text) in new[] { ("tls.crt", certificates), ("tls.key", key), ("ca.crt", authorities) })
        {
            File.WriteAllText(Path.Combine(version.FullName, name), text);
            if (new FileInfo(PathOf(name)).LinkTarget is null)
            {
                File.CreateSymbolicLink(PathOf(name), Path.Combine("..data", name));
            }
        }

        // Not in one step, as the kubelet does: for a moment there are no files, which must do no harm.
        File.Delete(PathOf("..data"));
        Directory.CreateSymbolicLink(PathOf("..data"), version.Name);
    }

    /// <summary>Takes one file away.</summary>
    public void Remove(string name) => File.Delete(PathOf(name));

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
