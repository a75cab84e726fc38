using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Wego.Silo;

namespace Wego.EndToEnd.Silos;

/// <summary>Certificates that are renewed while a process runs, and what is wrong with some.</summary>
public sealed class SiloCertificatesTests : IDisposable
{
    private readonly CertificateFolder _files = new();
    private readonly TestAuthority _authority = new("authority");
    private readonly TestLog _log = new();

    public void Dispose()
    {
        _files.Dispose();
        _authority.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Renewed_certificates_are_used_from_then_on()
    {
        using var first = _authority.Issue();
        using var second = _authority.Issue();
        _files.Mount(first, _authority.Pem);
        var certificates = new SiloCertificates(_files.Options);
        var before = certificates.Current;
        before.Certificate.Thumbprint.ShouldBe(first.Thumbprint);
        before.Certificate.HasPrivateKey.ShouldBeTrue();
        Reload(certificates);
        certificates.Current.ShouldBeSameAs(before, "nothing has changed");
        _log.Entries.ShouldBeEmpty();

        _files.Mount(second, _authority.Pem);
        Reload(certificates);
        certificates.Current.Certificate.Thumbprint.ShouldBe(second.Thumbprint);
        Warnings().ShouldBeEmpty();
        _log.Entries.ShouldHaveSingleItem().Message.ShouldStartWith($"The certificate in {_files.Options.Certificate} was renewed; it is valid until ");
        before.Certificate.HasPrivateKey.ShouldBeTrue("connections may be about to be made with it");
    }

    [Theory]
    [InlineData("other key", "Wego:Cluster:Tls:Key, {key}, is not the key, unencrypted and in PEM, of the first certificate in {certificate}.")]
    [InlineData("no key", "Wego:Cluster:Tls:Key, {key}, is not the key,")]
    [InlineData("encrypted key", "Wego:Cluster:Tls:Key, {key}, is not the key,")]
    [InlineData("empty certificate", "Wego:Cluster:Tls:Certificate, {certificate}, holds no certificate")]
    [InlineData("half a certificate", "Wego:Cluster:Tls:Certificate, {certificate}, holds no certificate")]
    [InlineData("damaged certificate", "Wego:Cluster:Tls:Certificate, {certificate}, is damaged")]
    [InlineData("empty authority", "Wego:Cluster:Tls:Authority, {authority}, holds no certificate")]
    [InlineData("no file", "Wego:Cluster:Tls:Key, {key}, cannot be read")]
    public void What_cannot_be_used_leaves_the_previous_in_use_and_stops_a_start(string fault, string message)
    {
        using var first = _authority.Issue();
        using var second = _authority.Issue();
        _files.Mount(first, _authority.Pem);
        var certificates = new SiloCertificates(_files.Options);
        var before = certificates.Current;

        var (pem, key) = (second.ExportCertificatePem(), second.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        switch (fault)
        {
            case "other key": _files.Mount(pem, first.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), _authority.Pem); break;
            case "no key": _files.Mount(pem, "", _authority.Pem); break;
            case "encrypted key": _files.Mount(pem, second.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("word", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), _authority.Pem); break;
            case "empty certificate": _files.Mount("", key, _authority.Pem); break;
            case "half a certificate": _files.Mount(pem[..(pem.Length / 2)], key, _authority.Pem); break;
            case "damaged certificate": _files.Mount("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", key, _authority.Pem); break;
            case "empty authority": _files.Mount(pem, key, ""); break;
            default: _files.Remove("tls.key"); break;
        }

        var expected = message.Replace("{key}", _files.Options.Key, StringComparison.Ordinal)
            .Replace("{certificate}", _files.Options.Certificate, StringComparison.Ordinal)
            .Replace("{authority}", _files.Options.Authority, StringComparison.Ordinal);
        Reload(certificates);
        Reload(certificates);
        certificates.Current.ShouldBeSameAs(before);
        var warning = Warnings().ShouldHaveSingleItem();
        warning.ShouldStartWith("The previous certificates stay in use, which are valid until ");
        warning.ShouldContain(expected);
        warning.ShouldNotContain(key.Split('\n')[1]);
        Should.Throw<InvalidDataException>(() => new SiloCertificates(_files.Options)).Message.ShouldContain(expected);

        // Once that is over, it is over.
        _files.Remove("tls.key");
        _files.Mount(second, _authority.Pem);
        Reload(certificates);
        certificates.Current.Certificate.Thumbprint.ShouldBe(second.Thumbprint);
    }

    [Fact]
    public void Peers_are_known_by_their_authority_also_by_way_of_one_below_and_when_it_changes()
    {
        using var below = _authority.Below("below");
        using var next = new TestAuthority("next");
        using var own = below.Issue();
        using var peer = below.Issue();
        using var direct = _authority.Issue();
        using var coming = next.Issue();
        _files.Mount(own, _authority.Pem, between: below.Pem);
        var certificates = new SiloCertificates(_files.Options);
        Trusts(certificates, peer).ShouldBeTrue();
        Trusts(certificates, direct).ShouldBeTrue();
        Trusts(certificates, coming).ShouldBeFalse();
        certificates.Current.Trusts(peer, sent: null, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();

        // Both for a while, then the new one.
        _files.Mount(own, _authority.Pem + next.Pem, between: below.Pem);
        Reload(certificates);
        (Trusts(certificates, peer), Trusts(certificates, coming)).ShouldBe((true, true));
        _files.Mount(coming, next.Pem);
        Reload(certificates);
        (Trusts(certificates, peer), Trusts(certificates, coming)).ShouldBe((false, true));
    }

    [Fact]
    public async Task The_files_are_looked_at_in_intervals()
    {
        var clock = new FakeTimeProvider();
        using var first = _authority.Issue();
        using var second = _authority.Issue();
        _files.Mount(first, _authority.Pem);
        var certificates = new SiloCertificates(_files.Options);
        using var reload = new SiloCertificateReload(certificates, clock, new Logger<SiloCertificateReload>(_log));
        await reload.StartAsync(TestContext.Current.CancellationToken);
        await clock.WaitForTimersAsync(1);
        _files.Mount(second, _authority.Pem);
        certificates.Current.Certificate.Thumbprint.ShouldBe(first.Thumbprint);
        clock.Advance(certificates.ReloadInterval);
        await _log.WaitForAsync(string.Create(
            CultureInfo.InvariantCulture, $"The certificate in {_files.Options.Certificate} was renewed; it is valid until {second.NotAfter.ToUniversalTime():u}"));
        certificates.Current.Certificate.Thumbprint.ShouldBe(second.Thumbprint);
        await reload.StopAsync(TestContext.Current.CancellationToken);
    }

    private static bool Trusts(SiloCertificates certificates, X509Certificate2 peer) =>
        certificates.Current.Trusts(peer, sent: null, SslPolicyErrors.RemoteCertificateChainErrors);

    private void Reload(SiloCertificates certificates) => certificates.Reload(_log.CreateLogger("certificates"));

    private IEnumerable<string> Warnings() => _log.Entries.Where(e => e.Level == LogLevel.Warning).Select(e => e.Message);
}
