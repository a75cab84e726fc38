using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Sandbox.Carvel;
using Wego.Sandbox.Flux;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Controllers;

/// <summary>
/// Stand-ins for the controllers that a cluster with Flux and kapp-controller runs. They use nothing but the Kubernetes API, so they work on
/// the sandbox and on a real API server alike.
/// </summary>
public sealed class SandboxControllers : IAsyncDisposable
{
    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private static readonly string[] DefinitionFiles = ["flux/definitions.yaml", "carvel/definitions.yaml", "crds/apprepositories.yaml"];

    private readonly List<IAsyncDisposable> _running;
    private readonly List<IDisposable> _fetchers;

    private SandboxControllers(List<IAsyncDisposable> running, List<IDisposable> fetchers) => (_running, _fetchers) = (running, fetchers);

    /// <summary>Installs the definitions of Flux, Carvel and Kubeapps where they are missing, and starts the controllers.</summary>
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
        var running = new List<IAsyncDisposable>();
        var fetchers = new List<IDisposable>();
        StartFlux(client, options, time, logger, running, fetchers);
        StartCarvel(client, options, time, logger, running, fetchers);
        if (options.Workloads)
        {
            foreach (var resource in WorkloadController.Resources)
            {
                running.Add(new Controller(client, resource, new WorkloadController(client, resource, options.Startup, time).ReconcileAsync, time, logger));
            }
        }

        return new SandboxControllers(running, fetchers);
    }

    /// <summary>Stops them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.DisposeAsync();
        }

        _fetchers.ForEach(f => f.Dispose());
    }

    private static void StartFlux(
        IKubernetesClient client, SandboxControllersOptions options, TimeProvider time, ILogger logger, List<IAsyncDisposable> running, List<IDisposable> fetchers)
    {
        var fetcher = new ChartFetcher(client);
        var repositories = new HelmRepositoryController(client, fetcher, time);
        var releases = new HelmReleaseController(client, fetcher, new ReleaseInstaller(client, time), options.Poll, time);
        fetchers.Add(fetcher);
        running.Add(new Controller(client, FluxResources.HelmRepositories, repositories.ReconcileAsync, time, logger));
        running.Add(new Controller(client, FluxResources.HelmReleases, releases.ReconcileAsync, time, logger));
    }

    private static void StartCarvel(
        IKubernetesClient client, SandboxControllersOptions options, TimeProvider time, ILogger logger, List<IAsyncDisposable> running, List<IDisposable> fetchers)
    {
        var fetcher = new ContentFetcher(client);
        fetchers.Add(fetcher);
        var apps = new Controller(
            client, CarvelResources.Apps, new AppController(client, fetcher, new KappDeployer(client, options.Poll, time), time).ReconcileAsync, time, logger);
        var installs = new Controller(client, CarvelResources.PackageInstalls, new PackageInstallController(client).ReconcileAsync, time, logger);
        var repositories = new Controller(client, CarvelResources.PackageRepositories, new PackageRepositoryController(client, fetcher, time).ReconcileAsync, time, logger);

        // An install repeats its App's state and follows the packages; an App follows the Secrets with its values.
        running.Add(new RelatedWatch(client, CarvelResources.Apps, installs, CarvelResources.PackageInstalls, (app, install) => (app.Namespace, app.Name) == (install.Namespace, install.Name), time, logger));
        running.Add(new RelatedWatch(client, CarvelResources.Packages, installs, CarvelResources.PackageInstalls, (package, install) => package.Text("spec", "refName") == install.Text("spec", "packageRef", "refName"), time, logger));
        running.Add(new RelatedWatch(client, CarvelResources.Secrets, apps, CarvelResources.Apps, (secret, app) => secret.Namespace == app.Namespace && AppController.Uses(app, secret.Name), time, logger));
        running.AddRange([repositories, installs, apps]);
    }

    private static async Task DefineAsync(IKubernetesClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var definition in DefinitionFiles.SelectMany(ReadDefinitions))
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

    private static IEnumerable<JsonObject> ReadDefinitions(string file)
    {
        using var reader = new StreamReader(typeof(SandboxControllers).Assembly.GetManifestResourceStream(file)!);
        return [.. YamlDocuments.Parse(reader.ReadToEnd())];
    }

    private static bool IsEstablished(KubernetesObject definition) =>
        definition.Find("status", "conditions") is { ValueKind: System.Text.Json.JsonValueKind.Array } conditions
        && conditions.EnumerateArray().Any(c => c.GetProperty("type").GetString() == "Established" && c.GetProperty("status").GetString() == "True");
}
