using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Silo;

namespace Wego.Perf.Api;

/// <summary>
/// The server and its cluster. No controllers run: what the cluster holds is what a benchmark puts there, and every request
/// that the cluster counts is the server's.
/// </summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IndexRepositories? _indexes;

    private MeasuredServer(SandboxServer cluster, WebApplication app, IndexRepositories? indexes)
    {
        (Cluster, _app, _indexes) = (cluster, app, indexes);
        Address = new Uri(app.Urls.First());
        Client = new RpcClient(Address);
    }

    /// <summary>Where benchmarks put their objects.</summary>
    public static string Namespace => "team-a";

    public SandboxServer Cluster { get; }

    public Uri Address { get; }

    public RpcClient Client { get; }

    /// <param name="arguments">Settings beside those that every benchmark has.</param>
    public static async Task<MeasuredServer> StartAsync(params string[] arguments)
    {
        using var definitions = new StreamReader(typeof(SandboxServer).Assembly.GetManifestResourceStream("flux/definitions.yaml")!);
        var cluster = await SandboxServer.StartAsync(new SandboxOptions { Manifests = [await definitions.ReadToEndAsync()] });
        var settings = new SiloSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")],
            // Otherwise the same questions about rights would be asked again, every 30 and 5 seconds.
            ConfigurationArguments = ["--Wego:Kubernetes:AllowedAccessLifetime=00:10:00", "--Wego:Kubernetes:DeniedAccessLifetime=00:10:00", .. arguments],
        };
        var configuration = new ClusterConfiguration(cluster.SecureAddress)
        {
            Origin = "sandbox",
            CertificateAuthorities = [X509Certificate2.CreateFromPem(cluster.CertificatePem)],
            User = new UserConfiguration { Token = SandboxTokens.Service },
        };
        var app = WegoHost.Build(settings, configuration, builder => builder.Logging.AddFilter(null, LogLevel.Warning));
        await app.StartAsync();
        return new MeasuredServer(cluster, app, await IndexRepositories.StartAsync());
    }

    /// <summary>Adds the repositories of the real indexes, and waits until both catalogues are loaded.</summary>
    /// <returns>The names of packages of the first; none where the indexes are absent.</returns>
    public async Task<IReadOnlyList<string>> LoadCataloguesAsync()
    {
        var packages = new List<string>();
        foreach (var name in _indexes is null ? [] : IndexRepositories.Names)
        {
            if (Cluster.Store.Get(FluxObjects.HelmRepositories, Namespace, name) is null)
            {
                FluxObjects.CreateRepository(Cluster.Store, Namespace, name, _indexes!.Address(name));
            }

            var request = new GetAvailablePackageSummariesRequest { Context = Wire.In(Namespace), FilterOptions = new FilterOptions { Repositories = { name } } };
            GetAvailablePackageSummariesResponse response;
            do
            {
                response = await CallAsync<GetAvailablePackageSummariesResponse>(Wire.GetAvailablePackageSummaries, request, SandboxTokens.TeamA);
            }
            while (response.AvailablePackageSummaries.Count == 0);
            packages.AddRange(name == IndexRepositories.Names[0] ? response.AvailablePackageSummaries.Select(p => p.Name) : []);
        }

        return packages;
    }

    public Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request, string token)
        where TResponse : class, IMessage<TResponse> =>
        Client.CallAsync<TResponse>(method, request, new RpcCallOptions { BearerToken = token, Timeout = TimeSpan.FromMinutes(1) });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Cluster.DisposeAsync();
        if (_indexes is not null)
        {
            await _indexes.DisposeAsync();
        }
    }
}
