using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Perf.Formats;
using Wego.Sandbox.Controllers;
using Wego.Testing.ApiServers;

namespace Wego.Perf.Cluster;

/// <summary>Processes on loopback that are one cluster by a real kube-apiserver.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private const string Namespace = "default";

    private readonly KubeApiServer _server;
    private readonly FileInfo _kubeconfig = new(Path.GetTempFileName());
    private readonly List<WegoProcess> _processes = [];

    private SiloCluster(KubeApiServer server)
    {
        _server = server;
        Http = server.ConnectAdmin();
        File.WriteAllText(_kubeconfig.FullName, Testing.ApiServers.Kubeconfig.Render(server, server.Identities.Admin));
    }

    /// <summary>Talks to Kubernetes and may do everything.</summary>
    public HttpClient Http { get; }

    public static async Task<SiloCluster> StartAsync()
    {
        var cluster = new SiloCluster(await KubeApiServer.StartAsync(ApiServerAssets.Find(), CancellationToken.None));
        await cluster.Http.CreateAsync(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/yaml", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "siloclusters.yaml")), CancellationToken.None);
        return cluster;
    }

    /// <summary>Stand-ins for the controllers of Flux and Carvel, until disposed of.</summary>
    public Task<SandboxControllers> StartControllersAsync()
    {
        var client = new KubernetesClient(_server.Configure(_server.Identities.Admin.Token), new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        return SandboxControllers.StartAsync(client, new SandboxControllersOptions { Workloads = false }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }

    public Task CreateAsync(string path, JsonObject obj) => Http.CreateAsync(path, "application/json", obj.ToJsonString(), CancellationToken.None);

    /// <summary>Starts a process that finds the others by Kubernetes, and waits until it is ready.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="arguments">Settings.</param>
    public async Task<WegoProcess> StartProcessAsync(string name, params string[] arguments)
    {
        var ports = LoopbackPort.Free(2);
        var process = await WegoProcess.StartAsync(
            OrleansBuilds.Silo,
            _kubeconfig.FullName,
            _server.Identities.Admin.Token,
            [
                // What it says of silos that are killed at the end.
                "--Logging:LogLevel:Orleans=Error",
                "--Wego:Cluster:Membership=Kubernetes",
                $"--Wego:Cluster:Namespace={Namespace}",
                "--Wego:Cluster:AdvertisedAddress=127.0.0.1",
                $"--Wego:Cluster:SiloName={name}",
                $"--Wego:Cluster:SiloPort={ports[0]}",
                $"--Wego:Cluster:GatewayPort={ports[1]}",
                .. arguments,
            ]);
        _processes.Add(process);
        await process.WaitUntilReadyAsync();
        return process;
    }

    /// <summary>Ends all processes, as if the machine had failed: those that come next must be a cluster with another id.</summary>
    public async Task StopAllAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _processes.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        Http.Dispose();
        await _server.DisposeAsync();
        _kubeconfig.Delete();
    }
}
