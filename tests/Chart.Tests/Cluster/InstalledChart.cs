using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.EndToEnd;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Testing.ApiServers;

namespace Wego.Chart.Tests;

/// <summary>A real API server with the rendered chart applied to it, and Wego running under the rendered service account with the rendered settings.</summary>
internal sealed class InstalledChart : IAsyncDisposable
{
    /// <summary>The page of a dashboard, which is in the ConfigMap <c>dashboard</c>.</summary>
    public const string DashboardPage = "<title>dashboard</title>";

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-chart-");

    public KubeApiServer Server { get; private set; } = null!;

    public ClusterAdmin Admin { get; private set; } = null!;

    public SampleRepository Sample { get; private set; } = null!;

    public SiloProcess Silo { get; private set; } = null!;

    /// <summary>What the chart rendered.</summary>
    public IReadOnlyList<JsonObject> Objects { get; private set; } = [];

    /// <summary>Stops everything and tells what Wego asked for with its own rights: the API server notes a watch when it has ended.</summary>
    public async Task<IReadOnlyList<AuditedRequest>> StopAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        return new AuditLog(AuditFile).Of("system:serviceaccount:wego-system:wego");
    }

    private string AuditFile => Path.Combine(_folder.FullName, "audit.log");

    /// <param name="arguments">Arguments of <c>helm template</c>, given the API server.</param>
    public static async Task<InstalledChart> StartAsync(Func<KubeApiServer, string[]> arguments)
    {
        var chart = new InstalledChart();
        try
        {
            await chart.InstallAsync(arguments);
            return chart;
        }
        catch
        {
            await chart.DisposeAsync();
            throw;
        }
    }

    /// <summary>One who calls with a token.</summary>
    public User User(TestIdentity identity) => new(new RpcClient(Silo.Address), identity.Token);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Admin?.Dispose();
            _folder.Delete(recursive: true);
        }
    }

    private async Task InstallAsync(Func<KubeApiServer, string[]> arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _parts.Push(Server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken, AuditFile));
        Admin = new ClusterAdmin(Server);
        await StartControllersAsync(cancellationToken);
        _parts.Push(Sample = await SampleRepository.StartAsync(cancellationToken: cancellationToken));

        await Admin.CreateNamespaceAsync("wego-system");
        await Admin.ShouldApplyAsync(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "dashboard", ["namespace"] = "wego-system" },
            ["data"] = new JsonObject { ["index.html"] = DashboardPage },
        });
        Objects = Manifests.Parse(await Helm.TemplateAsync(HelmPrograms.All[^1], ["--include-crds", "--kube-version", "1.20.2", .. arguments(Server)]));
        foreach (var obj in Objects)
        {
            await Admin.ShouldApplyAsync(obj);
        }

        // What the server keeps, not what was sent.
        var deployment = await Admin.GetAsync("/apis/apps/v1/namespaces/wego-system/deployments/wego");
        var account = deployment["spec"]!["template"]!["spec"]!["serviceAccountName"]!.GetValue<string>();
        var identity = new TestIdentity(account, await Admin.TokenAsync("wego-system", account));
        _parts.Push(Silo = await SiloProcess.StartAsync(
            deployment["spec"]!["template"]!["spec"]!, Admin, Testing.ApiServers.Kubeconfig.Render(Server, identity), $"--Wego:Helm:Executable={HelmPrograms.All[^1]}"));
    }

    private async Task StartControllersAsync(CancellationToken cancellationToken)
    {
        var client = new KubernetesClient(Server.Configure(Server.Identities.Admin.Token), new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        _parts.Push(new Disposal(client));
        _parts.Push(await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken));
    }

    private sealed class Disposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
