using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>TLS between silos: callers' tokens travel there.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class SiloTlsTests : IDisposable
{
    private readonly CertificateFolder _files = new();
    private readonly TestAuthority _authority = new("authority");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Only_who_has_a_certificate_of_the_authority_is_let_in()
    {
        await using var cluster = await SiloCluster.StartAsync();
        using var other = new TestAuthority("other");
        using var trusted = _authority.Issue();
        using var stranger = other.Issue();
        _files.Mount(trusted, _authority.Pem);
        var port = LoopbackPort.Free(1)[0];
        var first = await cluster.StartProcessAsync("wego-1", [.. _files.Arguments, PortIs(port)]);
        var second = await cluster.StartProcessAsync("wego-2", _files.Arguments);
        await cluster.UntilAsync(states => states.Count(s => s.Value == "Active") == 2);
        await BothServeAsync(cluster, first, second);

        (await GreetsAsync(port, trusted)).ShouldBeTrue();
        (await GreetsAsync(port, stranger)).ShouldBeFalse();
        (await GreetsAsync(port, certificate: null)).ShouldBeFalse();
    }

    [Fact]
    public async Task Certificates_and_then_the_authority_are_renewed_while_silos_run()
    {
        await using var cluster = await SiloCluster.StartAsync();
        using var next = new TestAuthority("next");
        using var old = _authority.Issue();
        using var renewed = _authority.Issue();
        using var coming = next.Issue();
        _files.Mount(old, _authority.Pem);
        var port = LoopbackPort.Free(1)[0];
        var first = await cluster.StartProcessAsync("wego-1", [.. _files.Arguments, PortIs(port)]);
        var second = await cluster.StartProcessAsync("wego-2", _files.Arguments);
        await cluster.UntilAsync(states => states.Count(s => s.Value == "Active") == 2);

        _files.Mount(renewed, _authority.Pem);
        await UntilShownAsync(port, renewed, by: renewed);
        await second.SignalAsync("TERM");
        (await second.WaitForExitAsync()).ShouldBe(0);
        second = await cluster.StartProcessAsync("wego-3", _files.Arguments);
        await cluster.UntilAsync(states => states["wego-1"] == "Active" && states["wego-3"] == "Active");
        await BothServeAsync(cluster, first, second);

        // With a new authority: first both are trusted, then the new one is used, then the old one is not trusted any more.
        _files.Mount(renewed, _authority.Pem + next.Pem);
        await UntilGreetedAsync(port, coming, wanted: true);
        _files.Mount(coming, _authority.Pem + next.Pem);
        await UntilShownAsync(port, coming, by: coming);
        _files.Mount(coming, next.Pem);
        await UntilGreetedAsync(port, old, wanted: false);
        await cluster.StartProcessAsync("wego-4", _files.Arguments);
        await cluster.UntilAsync(states => states["wego-1"] == "Active" && states["wego-4"] == "Active");
        await BothServeAsync(cluster, first, second);
    }

    private static string PortIs(int port) => string.Create(CultureInfo.InvariantCulture, $"--Wego:Cluster:SiloPort={port}");

    private static async Task BothServeAsync(SiloCluster cluster, params WegoProcess[] processes)
    {
        foreach (var process in processes)
        {
            using var client = process.Client();
            await cluster.Journey(client).RunAsync($"journey-{Guid.NewGuid():N}"[..20]);
        }
    }

    /// <summary>Asks until the silo shows this certificate.</summary>
    private static async Task UntilShownAsync(int port, X509Certificate2 wanted, X509Certificate2 by)
    {
        X509Certificate? shown = null;
        while (shown?.Equals(wanted) != true)
        {
            await GreetsAsync(port, by, certificate => shown = certificate);
        }
    }

    private static async Task UntilGreetedAsync(int port, X509Certificate2 certificate, bool wanted)
    {
        while (await GreetsAsync(port, certificate) != wanted)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether a silo says anything to this peer. With TLS 1.3 a peer learns that it was refused when it reads.</summary>
    private static async Task<bool> GreetsAsync(int port, X509Certificate2? certificate, Action<X509Certificate?>? shown = null)
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
                    // The test asks who is let in, whoever it is that lets in.
                    RemoteCertificateValidationCallback = (_, silo, _, _) => silo is not null,
                    ClientCertificates = certificate is null ? [] : [certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                },
                Cancellation);
            shown?.Invoke(stream.RemoteCertificate);
            return await stream.ReadAsync(new byte[1], Cancellation) == 1;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
