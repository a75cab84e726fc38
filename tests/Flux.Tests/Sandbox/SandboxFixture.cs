using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Flux;
using Wego.Sandbox;

namespace Wego.Flux.Tests;

/// <summary>The formats over the real client on a sandbox, with the rights that the chart grants Wego; disposing it fails where they are not enough.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly SandboxServer _server;
    private readonly KubernetesClient _admin;
    private readonly KubernetesClient _wego;
    private readonly ChartRepositoryFactory _charts = new(ChartRepositoryOptions.Default, TimeProvider.System);

    private SandboxFixture(SandboxServer server)
    {
        _server = server;
        (_admin, _wego) = (Client(SandboxTokens.Admin), Client(SandboxTokens.Service));
        var options = Options.Create(new FluxOptions());
        Packages = new FluxPackageFormat(options);
        Repositories = new FluxRepositoryFormat(options, new ChartCatalogueSource(_charts), NullLogger<FluxRepositoryFormat>.Instance);
    }

    /// <summary>The client whose own identity may do everything.</summary>
    public IKubernetesClient Admin => _admin;

    public FluxPackageFormat Packages { get; }

    public FluxRepositoryFormat Repositories { get; }

    public PluginCall TeamA => new(_wego, KubernetesIdentity.Bearer(SandboxTokens.TeamA));

    public PluginCall Service => new(_wego, KubernetesIdentity.Service);

    public static async Task<SandboxFixture> StartAsync(params IReadOnlyList<string> manifests) =>
        new(await SandboxServer.StartAsync(new SandboxOptions { Manifests = manifests }, TestContext.Current.CancellationToken));

    public Task<KubernetesObject> GetAsync(WatchedKind kind, string ns, string name) => _admin.GetAsync(
        KubernetesIdentity.Service, new GroupVersionResource(kind.Group, kind.Versions[0], kind.Resource), ns, name, TestContext.Current.CancellationToken);

    /// <summary>The object's first state that meets the condition, told by a watch.</summary>
    public async Task<KubernetesObject> WaitAsync(WatchedKind kind, string ns, string name, Func<KubernetesObject, bool> condition)
    {
        var resource = new GroupVersionResource(kind.Group, kind.Versions[0], kind.Resource);
        var options = new WatchOptions(FieldSelector: $"metadata.name={name}");
        await foreach (var change in _admin.WatchAsync(KubernetesIdentity.Service, resource, ns, options, TestContext.Current.CancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark && condition(change.Object))
            {
                return change.Object;
            }
        }

        throw new InvalidOperationException($"The watch of {name} ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _charts.Dispose();
        _admin.Dispose();
        _wego.Dispose();
        await _server.DisposeAsync();
        _server.Requests.RefusedTo(SandboxTokens.ServiceUser).ShouldBeEmpty("rights that Wego lacks");
    }

    private KubernetesClient Client(string token) => new(
        new ClusterConfiguration(_server.Address) { User = new UserConfiguration { Token = token } },
        new KubernetesClientOptions { Qps = 1000, Burst = 1000 },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
