using System.Security.Cryptography.X509Certificates;
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

    public KubernetesClient Client(TestLog log, TestIdentity identity)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Server.CertificateAuthority!);
        return ClientFactory.Create(
            new ClusterConfiguration(Server.Address) { CertificateAuthorities = authorities, User = new UserConfiguration { Token = identity.Token } }, log);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
