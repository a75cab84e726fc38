using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Wego.EndToEnd.Silos;

/// <summary>Issues certificates, as cert-manager would.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_from = TimeProvider.System.GetUtcNow().AddHours(-1);
    private static readonly DateTimeOffset s_until = s_from.AddDays(2);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name) => _certificate = Create(name, issuer: null);

    private TestAuthority(string name, TestAuthority issuer) => _certificate = Create(name, issuer._certificate);

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>An authority below this one.</summary>
    public TestAuthority Below(string name) => new(name, this);

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256).Create(_certificate, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 Create(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (issuer is null)
        {
            return request.CreateSelfSigned(s_from, s_until);
        }

        using var issued = request.Create(issuer, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
