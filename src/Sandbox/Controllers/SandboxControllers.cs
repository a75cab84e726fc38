using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Sandbox.Flux;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Controllers;

/// <summary>
/// Stand-ins for the controllers that a cluster with Flux runs. They use nothing but the Kubernetes API, so they work on
/// the sandbox and on a real API server alike.
/// </summary>
public sealed class SandboxControllers : IAsyncDisposable
{
    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private readonly List<Controller> _controllers;
    private readonly ChartFetcher _fetcher;

    private SandboxControllers(List<Controller> controllers, ChartFetcher fetcher) => (_controllers, _fetcher) = (controllers, fetcher);

    /// <summary>Installs Flux's definitions where they are missing, and starts the controllers.</summary>
    /// <param name="client">A client whose own identity may do everything.</param>
    /// <param name="options">How fast they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where they log.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<SandboxControllers> StartAsync(
        IKubernetesClient client, SandboxControllersOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        await DefineAsync(client, time, cancellationToken);
        var logger = loggers.CreateLogger<SandboxControllers>();
        var fetcher = new ChartFetcher(client);
        var repositories = new HelmRepositoryController(client, fetcher, time);
        var releases = new HelmReleaseController(client, fetcher, new ReleaseInstaller(client, time), options.Poll, time);
        List<Controller> controllers =
        [
            new(client, FluxResources.HelmRepositories, repositories.ReconcileAsync, time, logger),
            new(client, FluxResources.HelmReleases, releases.ReconcileAsync, time, logger),
        ];
        if (options.Workloads)
        {
            foreach (var kind in new[] { "deployments", "statefulsets", "daemonsets" })
            {
                var resource = new GroupVersionResource("apps", "v1", kind);
                controllers.Add(new(client, resource, new WorkloadController(client, resource, options.Startup, time).ReconcileAsync, time, logger));
            }
        }

        return new SandboxControllers(controllers, fetcher);
    }

    /// <summary>Stops them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var controller in _controllers)
        {
            await controller.DisposeAsync();
        }

        _fetcher.Dispose();
    }

    private static async Task DefineAsync(IKubernetesClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(SandboxControllers).Assembly.GetManifestResourceStream("flux/definitions.yaml")!);
        foreach (var definition in YamlDocuments.Parse(await reader.ReadToEndAsync(cancellationToken)))
        {
            var name = definition.Object("metadata").Text("name")!;
            try
            {
                await client.CreateAsync(KubernetesIdentity.Service, Definitions, ns: null, definition, new WriteOptions(), cancellationToken);
            }
            catch (KubernetesException e) when (e.Failure == KubernetesFailure.AlreadyExists)
            {
                // Somebody installed the real ones.
            }

            while (!IsEstablished(await client.GetAsync(KubernetesIdentity.Service, Definitions, ns: null, name, cancellationToken)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            }
        }

        client.Discovery.Invalidate();
    }

    private static bool IsEstablished(KubernetesObject definition) =>
        definition.Find("status", "conditions") is { ValueKind: System.Text.Json.JsonValueKind.Array } conditions
        && conditions.EnumerateArray().Any(c => c.GetProperty("type").GetString() == "Established" && c.GetProperty("status").GetString() == "True");
}
