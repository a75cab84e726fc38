using Wego.Testing.ApiServers;

namespace Wego.Kubernetes.Tests;

/// <summary>A real kube-apiserver for the tests of one class; started only where there is one.</summary>
public sealed class ControlPlane : IAsyncLifetime
{
    private KubeApiServer? _server;

    public KubeApiServer Server => _server ?? throw new InvalidOperationException("The test should have been skipped.");

    public async ValueTask InitializeAsync()
    {
        if (ApiServerAssets.MissingReason() is null)
        {
            _server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), TestContext.Current.CancellationToken);
        }
    }

    public KubernetesClient Client(TestLog log, TestIdentity identity) => ClientFactory.Create(Server.Configure(identity.Token), log);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
