using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Silo;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd;

/// <summary>The whole server on a real kube-apiserver, in this process, with the rights that the chart grants it and stand-ins for controllers.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _end = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-real-");
    private Uri _address = null!;
    private string _serviceUser = "";

    private RealCluster()
    {
    }

    public KubeApiServer Server { get; private set; } = null!;

    public SampleRepository Sample { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string AuditFile => Path.Combine(_folder.FullName, "audit.log");

    /// <summary>Starts everything; skips the test where there is no kube-apiserver.</summary>
    /// <param name="settings">Settings of Wego, <c>Key=value</c>.</param>
    public static async Task<RealCluster> StartAsync(params string[] settings)
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        var cluster = new RealCluster();
        try
        {
            await cluster.StartPartsAsync(settings);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public RpcClient Client() => new(_address);

    /// <summary>Stops Wego, then the API server, which notes a watch when it has ended, and fails where Wego asked for what it may not do.</summary>
    public async Task StopAsync()
    {
        await EndAsync();
        var requests = new AuditLog(AuditFile).Of(_serviceUser);
        requests.ShouldNotBeEmpty();
        requests.Where(r => !r.Allowed).ShouldBeEmpty("rights that Wego lacks");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Refresh();
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    private async Task EndAsync()
    {
        while (_end.TryPop(out var end))
        {
            await end();
        }
    }

    private async Task StartPartsAsync(string[] settings)
    {
        Server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), Cancellation, AuditFile);
        _end.Push(Server.DisposeAsync);
        var client = new KubernetesClient(Server.Configure(Server.Identities.Admin.Token), new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        _end.Push(() => End(client.Dispose));
        var controllers = await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        _end.Push(controllers.DisposeAsync);
        Sample = await SampleRepository.StartAsync(cancellationToken: Cancellation);
        _end.Push(Sample.DisposeAsync);
        var log = new TestLog();
        _end.Push(() => End(log.Dispose));
        var service = await RenderedRights.GrantAsync(Server, Cancellation);
        _serviceUser = service.UserName;
        var silo = new SiloSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")],
            ConfigurationArguments = [.. settings.Select(s => $"--{s}")],
        };
        var app = WegoHost.Build(silo, Server.Configure(service.Token), builder => builder.Logging.ClearProviders().AddProvider(log));
        _end.Push(app.DisposeAsync);
        await app.StartAsync(Cancellation);
        _end.Push(async () => await app.StopAsync(CancellationToken.None));
        _address = new Uri(app.Urls.First());
    }

    private static ValueTask End(Action end)
    {
        end();
        return ValueTask.CompletedTask;
    }
}
