using Wego.Kubernetes;
using Wego.Sandbox;
using Wego.Testing.ApiServers;

[assembly: AssemblyFixture(typeof(Wego.Clustering.Tests.TestServers))]

namespace Wego.Clustering.Tests;

/// <summary>The API servers of a test run, with the definition of the kind; each is started by the first test that needs it.</summary>
public sealed class TestServers : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private SandboxServer? _sandbox;
    private KubeApiServer? _kubeApiServer;

    public async Task<ClusterConfiguration> SandboxAsync(CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(cancellationToken);
        _sandbox ??= await SandboxServer.StartAsync(new SandboxOptions { Manifests = [await DefinitionAsync(cancellationToken)] }, cancellationToken);
        return new ClusterConfiguration(_sandbox.Address) { User = new UserConfiguration { Token = SandboxTokens.Admin } };
    }

    public async Task<ClusterConfiguration> KubeApiServerAsync(CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(cancellationToken);
        _kubeApiServer ??= await StartKubeApiServerAsync(cancellationToken);
        return Configure(_kubeApiServer);
    }

    /// <summary>A kube-apiserver that knows the kind.</summary>
    public static async Task<KubeApiServer> StartKubeApiServerAsync(CancellationToken cancellationToken)
    {
        var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken);
        using var client = server.ConnectAdmin();
        (await client.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/yaml", await DefinitionAsync(cancellationToken), cancellationToken)).ShouldContain("siloclusters");
        // A new kind is served a moment after its definition was taken.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var served = await client.GetAsync("/apis/wego.dev/v1/namespaces/default/siloclusters", cancellationToken);
            if (served.IsSuccessStatusCode)
            {
                return server;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException("The kind SiloCluster is not served.");
    }

    public static ClusterConfiguration Configure(KubeApiServer server) => server.Configure(server.Identities.Admin.Token);

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        if (_kubeApiServer is not null)
        {
            await _kubeApiServer.DisposeAsync();
        }

        _gate.Dispose();
    }

    private static Task<string> DefinitionAsync(CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "siloclusters.yaml"), cancellationToken);

    private async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Held(_gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
