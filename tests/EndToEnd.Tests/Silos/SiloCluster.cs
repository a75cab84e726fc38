using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Silos;

/// <summary>Processes on loopback that are one cluster by a real kube-apiserver, with the rights that the chart grants them.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    public const string Namespace = RenderedRights.Namespace;

    private static readonly GroupVersionResource Resource = new("wego.dev", "v1", "siloclusters");

    private readonly KubernetesClient _client;
    private readonly SandboxControllers _controllers;
    private readonly List<WegoProcess> _processes = [];
    private readonly TestIdentity _service;

    private SiloCluster(KubeApiServer server, KubernetesClient client, SandboxControllers controllers, SampleRepository repository, TestIdentity service) =>
        (Server, _client, _controllers, Repository, _service) = (server, client, controllers, repository, service);

    public KubeApiServer Server { get; }

    public SampleRepository Repository { get; }

    public IKubernetesClient Kubernetes => _client;

    public string Token => Server.Identities.Admin.Token;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts the API server; skips the test where that, or a build with Orleans, is not there.</summary>
    /// <param name="auditLog">A file to which the API server writes who asked for what; null for none.</param>
    public static async Task<SiloCluster> StartAsync(string? auditLog = null)
    {
        Assert.SkipWhen(OrleansBuild.MissingReason is not null, OrleansBuild.MissingReason ?? "");
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), Cancellation, auditLog);
        await DefineAsync(server);
        var client = new KubernetesClient(server.Configure(server.Identities.Admin.Token), new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        var controllers = await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        var service = await RenderedRights.GrantAsync(server, Cancellation);
        return new SiloCluster(server, client, controllers, await SampleRepository.StartAsync(cancellationToken: Cancellation), service);
    }

    /// <summary>Starts a process that finds the others by Kubernetes, and waits until it is ready.</summary>
    public Task<WegoProcess> StartProcessAsync(string name, params string[] arguments) => StartProcessAsync(name, SiloPlace.Loopback, arguments);

    /// <summary>The same at another place.</summary>
    public async Task<WegoProcess> StartProcessAsync(string name, SiloPlace place, params string[] arguments)
    {
        var process = await LaunchAsync(name, place, identity: null, arguments);
        await process.UntilAsync(HttpStatusCode.OK);
        return process;
    }

    /// <summary>Starts a process, with the rights of somebody else where one is named, and waits for nothing.</summary>
    public async Task<WegoProcess> LaunchAsync(string name, SiloPlace place, TestIdentity? identity = null, params string[] arguments)
    {
        var ports = LoopbackPort.Free(3);
        var process = await WegoProcess.LaunchAsync(
            [.. place.Command, "dotnet", OrleansBuild.Assembly],
            Testing.ApiServers.Kubeconfig.Render(Server, identity ?? _service, place.ApiServer),
            new IPEndPoint(place.Address, ports[0]),
            [
                "--Wego:Cluster:Membership=Kubernetes",
                $"--Wego:Cluster:Namespace={Namespace}",
                $"--Wego:Cluster:ClusterId={RenderedRights.ClusterId}",
                $"--Wego:Cluster:AdvertisedAddress={place.SiloAddress}",
                $"--Wego:Cluster:SiloName={name}",
                $"--Wego:Cluster:SiloPort={ports[1]}",
                $"--Wego:Cluster:GatewayPort={ports[2]}",
                "--Wego:Lifecycle:DrainDelay=00:00:00.3",
                .. arguments,
            ]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts <c>wego-1</c> and so on, and waits until they are one cluster.</summary>
    public async Task<WegoProcess[]> StartProcessesAsync(int count, params string[] arguments)
    {
        var processes = await Task.WhenAll(Enumerable.Range(1, count).Select(n => StartProcessAsync($"wego-{n}", arguments)));
        await UntilAsync(states => states.Count(s => s.Value == "Active") == count);
        return processes;
    }

    public User User(WegoProcess process) => new(process.Client(), Token);

    public Journey Journey(RpcClient client) => new(client, Token, Repository.Address);

    /// <summary>The states of the silos by name, as Kubernetes has them; the last of each name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StatesAsync()
    {
        var obj = await _client.GetAsync(KubernetesIdentity.Service, Resource, Namespace, RenderedRights.ClusterId, Cancellation);
        return obj.Find("spec", "silos").EnumerateArray()
            .GroupBy(s => s.GetProperty("name").GetString()!, s => s.GetProperty("state").GetString()!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }

    /// <summary>Waits, by events, until Kubernetes has the states so.</summary>
    public async Task UntilAsync(Func<IReadOnlyDictionary<string, string>, bool> reached)
    {
        await foreach (var _ in _client.WatchAsync(KubernetesIdentity.Service, Resource, Namespace, new WatchOptions(), Cancellation))
        {
            if (reached(await StatesAsync()))
            {
                return;
            }
        }

        throw new InvalidOperationException("The watch of the cluster's object ended.");
    }

    /// <summary>Kills the processes that still run.</summary>
    public async Task StopProcessesAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _processes.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopProcessesAsync();
        await _controllers.DisposeAsync();
        _client.Dispose();
        await Repository.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task DefineAsync(KubeApiServer server)
    {
        using var admin = server.ConnectAdmin();
        var definition = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "siloclusters.yaml"), Cancellation);
        await admin.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/yaml", definition, Cancellation);
    }
}
