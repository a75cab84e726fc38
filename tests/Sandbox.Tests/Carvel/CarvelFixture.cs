using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Carvel;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Tests.Carvel;

/// <summary>A sandbox with the stand-ins for kapp-controller and the sample package repository.</summary>
internal sealed class CarvelFixture : IAsyncDisposable
{
    private readonly SandboxServer _server;
    private readonly SampleRepository _samples;
    private readonly KubernetesClient _client;
    private readonly SandboxControllers _controllers;
    private readonly TestLog _log;

    private CarvelFixture(SandboxServer server, SampleRepository samples, KubernetesClient client, SandboxControllers controllers, TestLog log) =>
        (_server, _samples, _client, _controllers, _log) = (server, samples, client, controllers, log);

    public SandboxStore Store => _server.Store;

    public Uri Samples => _samples.Packages;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CarvelFixture> StartAsync()
    {
        var log = new TestLog();
        var server = await SandboxServer.StartAsync(
            new SandboxOptions { Namespaces = ["team-a", CarvelResources.GlobalNamespace], LoggerFactory = log }, Cancellation);
        var samples = await SampleRepository.StartAsync(cancellationToken: Cancellation);
        var client = new KubernetesClient(
            new ClusterConfiguration(server.Address) { User = new UserConfiguration { Token = SandboxTokens.Admin } }, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, log);
        var options = new SandboxControllersOptions { Startup = TimeSpan.FromMilliseconds(1), Poll = TimeSpan.FromMilliseconds(1) };
        return new CarvelFixture(server, samples, client, await SandboxControllers.StartAsync(client, options, TimeProvider.System, log, Cancellation), log);
    }

    public void AddRepository(string fetch, string ns = "team-a", string name = "samples") => Store.CreateYaml(
        $$"""
        apiVersion: packaging.carvel.dev/v1alpha1
        kind: PackageRepository
        metadata: {name: {{name}}, namespace: {{ns}}}
        spec:
          fetch: {{fetch}}
        """);

    /// <summary>Adds the sample repository and waits for its packages.</summary>
    public async Task AddSamplesAsync(string ns = "team-a")
    {
        AddRepository($"{{http: {{url: '{Samples}'}}}}", ns);
        await StateAsync(CarvelResources.PackageRepositories, ns, "samples", "ReconcileSucceeded");
    }

    public void Install(string name, string package, string constraints, string more = "", string account = "default") => Store.CreateYaml(
        $$"""
        apiVersion: packaging.carvel.dev/v1alpha1
        kind: PackageInstall
        metadata: {name: {{name}}, namespace: team-a}
        spec:
          serviceAccountName: {{account}}
          packageRef: {refName: {{package}}.packages.example.com, versionSelection: {constraints: "{{constraints}}"} }
        {{more}}
        """);

    public void PutValues(string name, string values)
    {
        var secret = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team-a" },
            ["stringData"] = new JsonObject { ["values.yaml"] = values },
        };
        Store.Apply(secret);
    }

    /// <summary>Waits until the object is in the state that its condition names.</summary>
    public Task<KubernetesObject> StateAsync(GroupVersionResource resource, string ns, string name, string state) =>
        WaitAsync(resource, ns, name, o => CarvelStatus.Of(o) == state && CarvelStatus.IsObserved(o));

    public Task<KubernetesObject> InstalledAsync(string name, string version) => WaitAsync(
        CarvelResources.PackageInstalls,
        "team-a",
        name,
        o => CarvelStatus.Of(o) == "ReconcileSucceeded" && CarvelStatus.IsObserved(o) && o.Text("status", "lastAttemptedVersion") == version);

    public async Task<KubernetesObject> WaitAsync(GroupVersionResource resource, string ns, string name, Func<KubernetesObject, bool> condition)
    {
        await foreach (var (type, obj) in Store.WatchAsync(resource, Cancellation))
        {
            if (type != WatchEventType.Deleted && (obj.Namespace, obj.Name) == (ns, name) && condition(obj))
            {
                return obj;
            }
        }

        throw new InvalidOperationException("The watch ended.");
    }

    public async Task GoneAsync(GroupVersionResource resource, string ns, string name)
    {
        await foreach (var (type, obj) in Store.WatchAsync(resource, Cancellation))
        {
            if (Store.Get(resource, ns, name) is null || (type == WatchEventType.Deleted && (obj.Namespace, obj.Name) == (ns, name)))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        _client.Dispose();
        await _samples.DisposeAsync();
        await _server.DisposeAsync();
        _log.Dispose();
    }
}
