using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>TLS between silos: callers' tokens travel there.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class SiloTlsTests : IDisposable
{
    private static readonly DateTimeOffset s_from = TimeProvider.System.GetUtcNow().AddHours(-1);
    private static readonly DateTimeOffset s_until = s_from.AddDays(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-tls-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Only_who_has_a_certificate_of_the_authority_is_let_in()
    {
        await using var cluster = await SiloCluster.StartAsync();
        using var authority = Authority("authority");
        using var other = Authority("other");
        using var trusted = Issue(authority);
        using var stranger = Issue(other);
        string[] tls =
        [
            $"--Wego:Cluster:Tls:Authority={Write("ca.crt", authority.ExportCertificatePem())}",
            $"--Wego:Cluster:Tls:Certificate={Write("tls.crt", trusted.ExportCertificatePem())}",
            $"--Wego:Cluster:Tls:Key={Write("tls.key", trusted.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}",
        ];
        var port = LoopbackPort.Free(1)[0];
        var first = await cluster.StartProcessAsync("wego-1", [.. tls, string.Create(CultureInfo.InvariantCulture, $"--Wego:Cluster:SiloPort={port}")]);
        var second = await cluster.StartProcessAsync("wego-2", tls);
        await cluster.UntilAsync(states => states.Count(s => s.Value == "Active") == 2);
        foreach (var process in (WegoProcess[])[first, second])
        {
            using var client = process.Client();
            await cluster.Journey(client).RunAsync($"journey-{process.Address.Port}");
        }

        (await GreetsAsync(port, trusted)).ShouldBeTrue();
        (await GreetsAsync(port, stranger)).ShouldBeFalse();
        (await GreetsAsync(port, certificate: null)).ShouldBeFalse();
    }

    /// <summary>Whether a silo says anything to this peer. With TLS 1.3 a peer learns that it was refused when it reads.</summary>
    private static async Task<bool> GreetsAsync(int port, X509Certificate2? certificate)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await using var stream = new SslStream(socket.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "wego",
                    RemoteCertificateValidationCallback = (_, silo, _, _) => silo?.Issuer == "CN=authority",
                    ClientCertificates = certificate is null ? [] : [certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                },
                Cancellation);
            return await stream.ReadAsync(new byte[1], Cancellation) == 1;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(s_from, s_until);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(authority, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, pem);
        return path;
    }
}
