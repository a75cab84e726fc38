using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Repositories;

public sealed class TlsTests : IDisposable
{
    private const string Index = "apiVersion: v1\nentries: {}\n";

    private readonly ChartRepositoryFactory _factory = new(ChartRepositoryOptions.Default, TimeProvider.System);

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Certificate_has_to_be_trusted()
    {
        using var certificate = Certificate();
        await using var server = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted), certificate);
        (await Should.ThrowAsync<ChartException>(RefreshAsync(server, ChartTls.Default))).Failure.ShouldBe(ChartFailure.Unreachable);
        using var stranger = Certificate();
        (await Should.ThrowAsync<ChartException>(RefreshAsync(server, new ChartTls { CertificateAuthorities = stranger.ExportCertificatePem() }))).Failure.ShouldBe(ChartFailure.Unreachable);
        await RefreshAsync(server, new ChartTls { CertificateAuthorities = certificate.ExportCertificatePem() });
        await RefreshAsync(server, new ChartTls { InsecureSkipVerify = true });
    }

    [Fact]
    public async Task Client_certificate_is_shown()
    {
        using var certificate = Certificate();
        using var client = Certificate();
        string? shown = null;
        await using var server = await FakeServer.StartAsync(
            async c =>
            {
                shown = c.Connection.ClientCertificate?.Thumbprint;
                await c.Response.WriteAsync(Index, c.RequestAborted);
            },
            certificate,
            wantsClientCertificate: true);
        var tls = new ChartTls { CertificateAuthorities = certificate.ExportCertificatePem() };
        (await Should.ThrowAsync<ChartException>(RefreshAsync(server, tls))).Failure.ShouldBe(ChartFailure.Unreachable);
        await RefreshAsync(server, tls with { ClientCertificate = client.ExportCertificatePem(), ClientKey = client.GetECDsaPrivateKey()!.ExportECPrivateKeyPem() });
        shown.ShouldBe(client.Thumbprint);
    }

    [Fact]
    public async Task Material_that_cannot_be_used_is_an_error_without_its_content()
    {
        using var certificate = Certificate();
        using var other = Certificate();
        await using var server = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted), certificate);
        ChartTls[] useless =
        [
            new() { CertificateAuthorities = "s3cret" },
            new() { ClientCertificate = "s3cret", ClientKey = "s3cret" },
            new() { ClientCertificate = certificate.ExportCertificatePem() },
            new() { ClientCertificate = certificate.ExportCertificatePem(), ClientKey = other.GetECDsaPrivateKey()!.ExportECPrivateKeyPem() },
        ];
        foreach (var tls in useless)
        {
            var error = await Should.ThrowAsync<ChartException>(RefreshAsync(server, tls));
            error.Failure.ShouldBe(ChartFailure.InvalidCredentials);
            error.ToString().ShouldNotContain("s3cret");
        }

        server.Requests.ShouldBeEmpty();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private Task<ChartSnapshot> RefreshAsync(FakeServer server, ChartTls tls) =>
        _factory.Open(server.Url, new ChartConnection { Tls = tls }).RefreshAsync(null, TestContext.Current.CancellationToken);
}
