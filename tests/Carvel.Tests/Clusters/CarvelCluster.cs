using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Carvel;
using Wego.Sandbox;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Testing.ApiServers;

namespace Wego.Carvel.Tests;

/// <summary>
/// The formats over the real client, on a sandbox or a real kube-apiserver, with stand-ins for kapp-controller and the definitions
/// that Carvel publishes where they are at hand. The kinds that kapp-controller serves itself are defined like any other. What Wego does
/// with its own identity it does with the rights that the chart grants.
/// </summary>
internal sealed class CarvelCluster : IAsyncDisposable
{
    private readonly IAsyncDisposable _server;
    private readonly KubernetesClient _admin;
    private readonly KubernetesClient _wego;
    private readonly SandboxControllers _controllers;

    private CarvelCluster(IAsyncDisposable server, KubernetesClient admin, KubernetesClient wego, SandboxControllers controllers, SampleRepository samples, string token)
    {
        (_server, _admin, _wego, _controllers, Samples, Token) = (server, admin, wego, controllers, samples, token);
        var options = Options.Create(new CarvelOptions());
        Packages = new CarvelPackageFormat(options, NullLogger<CarvelPackageFormat>.Instance);
        Repositories = new CarvelRepositoryFormat(options, NullLogger<CarvelRepositoryFormat>.Instance);
    }

    /// <summary>The client whose own identity may do everything.</summary>
    public IKubernetesClient Admin => _admin;

    public SampleRepository Samples { get; }

    /// <summary>Whether deployments become ready: a kube-apiserver alone has no nodes, so there packages stay on their way.</summary>
    public bool RunsWorkloads => _server is SandboxServer;

    public CarvelPackageFormat Packages { get; }

    public CarvelRepositoryFormat Repositories { get; }

    public PluginCall Call => new(_wego, KubernetesIdentity.Bearer(Token));

    public PluginCall Service => new(_wego, KubernetesIdentity.Service);

    private string Token { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A sandbox, with a caller of team A.</summary>
    public static async Task<CarvelCluster> StartSandboxAsync()
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Manifests = Published() is { } published ? [published] : [] }, Cancellation);
        return await StartAsync(server, token => Client(new ClusterConfiguration(server.Address) { User = new UserConfiguration { Token = token } }), SandboxTokens.Admin, SandboxTokens.Service, SandboxTokens.TeamA);
    }

    /// <summary>A real kube-apiserver with the published definitions, whose caller may do everything: it has no roles for Carvel's kinds.</summary>
    public static async Task<CarvelCluster> StartKubeApiServerAsync()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        Assert.SkipWhen(Published() is null, "The definitions that Carvel publishes are not here: set WEGO_SHARED to the folder that holds crds/.");
        var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), Cancellation);
        var service = await RenderedRights.GrantAsync(server, Cancellation);
        return await StartAsync(server, token => Client(server.Configure(token)), server.Identities.Admin.Token, service.Token, server.Identities.Admin.Token);
    }

    public Task<KubernetesObject> GetAsync(WatchedKind kind, string ns, string name) => _admin.GetAsync(KubernetesIdentity.Service, ResourceOf(kind), ns, name, Cancellation);

    /// <summary>The objects of a kind in a namespace, as soon as they meet the condition.</summary>
    public async Task<IReadOnlyList<KubernetesObject>> WaitAsync(WatchedKind kind, string ns, Func<IReadOnlyCollection<KubernetesObject>, bool> condition)
    {
        var present = new Dictionary<string, KubernetesObject>(StringComparer.Ordinal);
        await foreach (var change in _admin.WatchAsync(KubernetesIdentity.Service, ResourceOf(kind), ns, new WatchOptions(), Cancellation))
        {
            if (change.Type == WatchEventType.Deleted)
            {
                present.Remove(change.Object.Name);
            }
            else if (change.Type != WatchEventType.Bookmark)
            {
                present[change.Object.Name] = change.Object;
            }

            if (condition(present.Values))
            {
                return [.. present.Values];
            }
        }

        throw new InvalidOperationException($"The watch of {kind.Resource} ended.");
    }

    public async Task<KubernetesObject> WaitAsync(WatchedKind kind, string ns, string name, Func<KubernetesObject, bool> condition) =>
        (await WaitAsync(kind, ns, all => all.Any(o => o.Name == name && condition(o)))).Single(o => o.Name == name);

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        await Samples.DisposeAsync();
        _admin.Dispose();
        _wego.Dispose();
        await _server.DisposeAsync();
        (_server as SandboxServer)?.Requests.RefusedTo(SandboxTokens.ServiceUser).ShouldBeEmpty("rights that Wego lacks");
    }

    private static async Task<CarvelCluster> StartAsync(IAsyncDisposable server, Func<string, KubernetesClient> connect, string admin, string service, string caller)
    {
        var (adminClient, wego) = (connect(admin), connect(service));
        var samples = await SampleRepository.StartAsync(cancellationToken: Cancellation);
        var controllers = await SandboxControllers.StartAsync(
            adminClient,
            new SandboxControllersOptions { Startup = TimeSpan.FromMilliseconds(1), Poll = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            Cancellation);
        return new CarvelCluster(server, adminClient, wego, controllers, samples, caller);
    }

    private static KubernetesClient Client(ClusterConfiguration configuration) =>
        new(configuration, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);

    private static GroupVersionResource ResourceOf(WatchedKind kind) => new(kind.Group, kind.Versions[0], kind.Resource);

    private static string? Published() => TestPaths.Shared("crds/carvel.yaml") is { } path ? File.ReadAllText(path) : null;
}
