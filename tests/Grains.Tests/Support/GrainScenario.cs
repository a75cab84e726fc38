using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Wego.Kubernetes;
using Wego.Lifecycle;
using Wego.Plugins;
using Wego.Testing.ApiServers;

namespace Wego.Grains.Tests;

/// <summary>The grains on a cluster in memory, with a plugin whose refreshes the test ends and a clock that the test moves.</summary>
internal sealed class GrainScenario : IAsyncDisposable
{
    private static readonly GroupVersionResource Packages = new("fake.test", "v1", "packages");
    private static readonly GroupVersionResource Repositories = new("fake.test", "v1", "repositories");
    private readonly IHost _host;

    private GrainScenario(IHost host, FakeKubernetesClient cluster, FakePlugins plugins, FakeTimeProvider clock, TestLog log) =>
        (_host, Cluster, Plugins, Clock, Log) = (host, cluster, plugins, clock, log);

    public FakeKubernetesClient Cluster { get; }

    public FakePlugins Plugins { get; }

    public FakeTimeProvider Clock { get; }

    public TestLog Log { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>What runs in the process.</summary>
    public OperationsInFlight Operations => _host.Services.GetRequiredService<OperationsInFlight>();

    public IPackageDirectoryGrain Directory => Grains.GetDirectory(FakePlugins.Id, "default");

    public IRepositoryGrain Repository => Grains.GetRepository(RepositoryRef);

    public static RepositoryRef RepositoryRef { get; } = new(FakePlugins.Id, "default", "apps", "main");

    /// <param name="idle">How long an activation may be idle; null for longer than any test advances the clock.</param>
    /// <param name="serve">Whether the cluster has the kinds of the plugin.</param>
    public static async Task<GrainScenario> StartAsync(TimeSpan? idle = null, bool serve = true)
    {
        var (cluster, plugins, clock, log) = (new FakeKubernetesClient(), new FakePlugins(), new FakeTimeProvider(), new TestLog());
        cluster.Kinds.Serve("v1", "ConfigMap", "configmaps").Serve("v1", "Secret", "secrets");
        if (serve)
        {
            cluster.Kinds.Serve("fake.test/v1", "Package", "packages").Serve("fake.test/v1", "Repository", "repositories");
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddGrainClock(clock);
        builder.Services.AddSingleton<IPluginRegistry>(plugins);
        builder.Services.AddSingleton<IKubernetesClients>(new FakeClusters(cluster));
        builder.Services.AddWegoGrains(new ConfigurationBuilder().Build());
        var ports = LoopbackPort.Free(2);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(ports[0], ports[1])
            .Configure<GrainCollectionOptions>(o => o.CollectionAge = idle ?? TimeSpan.FromDays(100))
            // Tests advance the clock while calls wait.
            .Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromDays(1)));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new GrainScenario(host, cluster, plugins, clock, log);
    }

    public void AddRepository(string name = "main", string url = "https://one.test", int interval = 10, bool suspend = false) => Cluster.Add(new JsonObject
    {
        ["apiVersion"] = "fake.test/v1",
        ["kind"] = "Repository",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "apps" },
        ["spec"] = new JsonObject { ["url"] = url, ["interval"] = interval, ["suspend"] = suspend },
    });

    public void AddPackage(string name, string package = "", int revision = 1, string ns = "apps") => Cluster.Add(new JsonObject
    {
        ["apiVersion"] = "fake.test/v1",
        ["kind"] = "Package",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = new JsonObject { ["package"] = package.Length > 0 ? package : name, ["revision"] = revision },
    });

    public void AddConfigMap(string name, string text) => Cluster.Add(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "apps" },
        ["data"] = new JsonObject { ["text"] = text },
    });

    public Task RemoveRepositoryAsync() =>
        Cluster.DeleteAsync(KubernetesIdentity.Service, Repositories, "apps", "main", new DeleteOptions(), TestContext.Current.CancellationToken);

    public Task RemovePackageAsync(string name) =>
        Cluster.DeleteAsync(KubernetesIdentity.Service, Packages, "apps", name, new DeleteOptions(), TestContext.Current.CancellationToken);

    /// <summary>Ends a refresh, and returns once the repository's grain has taken the outcome.</summary>
    public async Task EndAsync(PendingRefresh refresh, Action<PendingRefresh> end)
    {
        // The second call is answered after the first has joined the refresh.
        var joined = Repository.RefreshAsync(TestContext.Current.CancellationToken);
        await Repository.GetStateAsync(TestContext.Current.CancellationToken);
        end(refresh);
        await joined;
    }

    /// <summary>Uses the repository for the first time and loads these packages.</summary>
    public async Task LoadAsync(params string[] packages)
    {
        var search = SearchAsync();
        (await Plugins.Repositories.NextAsync()).Load("first", packages);
        (await search).ShouldBe(packages);
    }

    /// <summary>The names of all packages that the repository offers.</summary>
    public async Task<string[]> SearchAsync()
    {
        var slice = await Repository.SearchAsync(CatalogueQuery.All, TestContext.Current.CancellationToken);
        return [.. slice.Packages.Select(p => p.Ref.Package)];
    }

    public Task<CatalogueState> StateAsync() => Repository.GetStateAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A grain that reports to another one while both are going away.
        Log.Expect(e => e is { Category: "Orleans.Messaging", EventId.Name: "SelectTargetFailed" });
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Log.Dispose();
    }
}
