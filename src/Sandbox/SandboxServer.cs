using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox;

/// <summary>An embedded Kubernetes API server that keeps its objects in memory and listens on loopback only.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    /// <summary>How long a client that does not read may delay the stop.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    private readonly WebApplication _app;
    private readonly SandboxCluster _cluster;
    private readonly X509Certificate2 _certificate;

    private SandboxServer(WebApplication app, SandboxCluster cluster, X509Certificate2 certificate)
    {
        _app = app;
        _cluster = cluster;
        _certificate = certificate;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToArray();
        Address = addresses.First(a => a.Scheme == Uri.UriSchemeHttp);
        SecureAddress = addresses.First(a => a.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>The cleartext HTTP address.</summary>
    public Uri Address { get; }

    /// <summary>The HTTPS address; its certificate is in the kubeconfig and in <see cref="CertificatePem"/>.</summary>
    public Uri SecureAddress { get; }

    /// <summary>The certificate of <see cref="SecureAddress"/>, which is its own authority, as PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Direct access to the objects, past authentication and authorization.</summary>
    public SandboxStore Store => _cluster.PublicStore;

    /// <summary>Makes the server misbehave.</summary>
    public SandboxFaults Faults => _cluster.Faults;

    /// <summary>What was asked of the server, and which watches are open.</summary>
    public SandboxRequests Requests => _cluster.Requests;

    /// <summary>Starts a server.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        options.Validate();
        var cluster = new SandboxCluster(options);
        var certificate = LoopbackCertificate.Create();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, options.SecurePort, listen => listen.UseHttps(certificate));
        });
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        var app = builder.Build();
        try
        {
            RequestDelegate serve = cluster.Pipeline.InvokeAsync;
            app.Run(serve);
            await app.StartAsync(cancellationToken);
            return new SandboxServer(app, cluster, certificate);
        }
        catch
        {
            await app.DisposeAsync();
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>A kubeconfig with one context for the HTTPS address.</summary>
    /// <param name="token">The bearer token, for example <see cref="SandboxTokens.Admin"/>.</param>
    /// <param name="namespace">The context's namespace.</param>
    public string Kubeconfig(string token, string @namespace = "default") =>
        SandboxKubeconfig.Write(SecureAddress, CertificatePem, token, @namespace);

    /// <summary>Adds a token to those the server knows.</summary>
    public void AddToken(SandboxToken token) => _cluster.AddToken(token);

    /// <summary>Ends open watches and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        _cluster.Close();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _cluster.Dispose();
        _certificate.Dispose();
    }
}
