using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Packages.V1;
using Wego.Rpc.Client;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd.Silos;

/// <summary>A cluster of silos that is read all the time, at every replica, and has two streams of events open at each.</summary>
internal sealed class ClusterUnderLoad : IAsyncDisposable
{
    // Enough that some are held by each silo.
    private static readonly string[] s_packages = ["one", "two", "three", "four", "five"];

    private static readonly GroupVersionResource s_releases = new("helm.toolkit.fluxcd.io", "v2", "helmreleases");
    private static readonly GroupVersionResource s_configMaps = new("", "v1", "configmaps");

    // As long as nobody should have to wait on a machine that does too much else.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly string _configMap;
    private readonly string _token;
    private readonly IKubernetesClient _kubernetes;
    private readonly KeptStream[] _streams;
    private volatile WegoProcess[] _replicas;

    private ClusterUnderLoad(SiloCluster cluster, WegoProcess[] replicas, string configMap)
    {
        _patience.CancelAfter(s_patience);
        (_kubernetes, _token, _replicas, _configMap) = (cluster.Kubernetes, cluster.Token, replicas, configMap);
        Load = new ClusterLoad(cluster.Token, s_packages, replicas);
        _streams =
        [
            .. replicas.Select((_, i) => new KeptStream(i, Replica, PackagesAsync)),
            .. replicas.Select((_, i) => new KeptStream(i, Replica, ResourcesAsync)),
        ];
    }

    public ClusterLoad Load { get; }

    public CancellationToken Patience => _patience.Token;

    /// <summary>How often a stream had to begin anew.</summary>
    public int Notices => _streams.Sum(s => s.Notices);

    /// <summary>Installs packages, and begins to ask for them at all of these replicas.</summary>
    public static Task<ClusterUnderLoad> StartAsync(SiloCluster cluster, params WegoProcess[] replicas) => StartAsync(cluster, cluster.Repository.Address, replicas);

    /// <summary>The same with the repository at another address.</summary>
    public static async Task<ClusterUnderLoad> StartAsync(SiloCluster cluster, Uri repository, params WegoProcess[] replicas)
    {
        using var user = cluster.User(replicas[0]);
        await user.AddRepositoryAsync("team-a", "sample", repository);
        await Task.WhenAll(s_packages.Select(p => user.InstallAsync("team-a", p, "sample/hello-web", "1.0.0")));
        await Task.WhenAll(s_packages.Select(p => user.UntilReadyAsync("team-a", p)));
        var refs = await user.CallAsync<GetInstalledPackageResourceRefsResponse>(
            Wire.Packages("GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = Wire.Installed("team-a", s_packages[0]) });
        var load = new ClusterUnderLoad(cluster, replicas, refs.ResourceRefs.Single(r => r.Kind == "ConfigMap").Name);
        await load.TellAsync("begun");
        await load.UntilToldAsync("begun");
        await load.Load.UntilNothingIsLostAsync(load.Patience);
        return load;
    }

    /// <summary>From now on, these are the replicas.</summary>
    public void Use(params WegoProcess[] replicas)
    {
        _replicas = replicas;
        Load.Use(replicas);
    }

    /// <summary>Lets something happen to an object of a package, and to packages, that all streams must tell.</summary>
    public async Task TellAsync(string what)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["wego.dev/test"] = what } } };
        await _kubernetes.PatchAsync(KubernetesIdentity.Service, s_configMaps, "team-a", _configMap, PatchType.Merge, patch, new PatchOptions(), Patience);
        await AddPackageAsync(what);
    }

    /// <summary>Installs a package as kubectl would.</summary>
    public Task AddPackageAsync(string name)
    {
        var release = JsonNode.Parse($$"""
            {
              "apiVersion": "helm.toolkit.fluxcd.io/v2",
              "kind": "HelmRelease",
              "metadata": { "name": "{{name}}" },
              "spec": {
                "interval": "10m",
                "chart": { "spec": { "chart": "hello-web", "version": "1.0.0", "sourceRef": { "kind": "HelmRepository", "name": "sample" } } }
              }
            }
            """)!.AsObject();
        return _kubernetes.CreateAsync(KubernetesIdentity.Service, s_releases, "team-a", release, new WriteOptions(), Patience);
    }

    /// <summary>Waits until every stream has told it, the one that was open then or the one that took its place.</summary>
    public Task UntilToldAsync(string what) => Task.WhenAll(_streams.Select(s => s.UntilSeenAsync(what, Patience)));

    public async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Load.Asked} requests, {Load.Retried} tried again; {Notices} streams begun anew.");
        await Load.DisposeAsync();
        foreach (var stream in _streams)
        {
            await stream.DisposeAsync();
        }

        _patience.Dispose();
    }

    private WegoProcess Replica(int number)
    {
        var replicas = _replicas;
        return replicas[number % replicas.Length];
    }

    private async IAsyncEnumerable<string> PackagesAsync(RpcClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new WatchInstalledPackagesRequest { Context = Wire.In("team-a"), Plugin = Wire.Flux };
        await foreach (var change in client.StreamAsync<WatchInstalledPackagesResponse>(Wire.Events("WatchInstalledPackages"), request, Options(), cancellationToken))
        {
            if (change.Type == EventType.Present)
            {
                yield return change.InstalledPackageSummary.Name;
            }
        }
    }

    private async IAsyncEnumerable<string> ResourcesAsync(RpcClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new GetResourcesRequest
        {
            InstalledPackageRef = Wire.Installed("team-a", s_packages[0]),
            Watch = true,
            ResourceRefs = { new ResourceRef { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "team-a", Name = _configMap } },
        };
        await foreach (var state in client.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Options(), cancellationToken))
        {
            using var manifest = JsonDocument.Parse(state.Manifest);
            if (manifest.RootElement.GetProperty("metadata").TryGetProperty("annotations", out var annotations) && annotations.TryGetProperty("wego.dev/test", out var what))
            {
                yield return what.GetString()!;
            }
        }
    }

    private RpcCallOptions Options() => new() { BearerToken = _token };
}
