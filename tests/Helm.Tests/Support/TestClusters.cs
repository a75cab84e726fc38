using Wego.Sandbox;
using Wego.Testing.ApiServers;

[assembly: AssemblyFixture(typeof(Wego.Helm.Tests.TestClusters))]

namespace Wego.Helm.Tests;

/// <summary>The clusters of a test run; each is started by the first test that needs it.</summary>
public sealed class TestClusters : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private SandboxServer? _sandbox;
    private KubeApiServer? _kubeApiServer;
    private TestIdentity? _service;

    internal async Task<TestCluster> GetAsync(string server, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (server == EachHelmAttribute.KubeApiServer)
            {
                _kubeApiServer ??= await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken);
                var users = _kubeApiServer.Identities;
                _service ??= await RenderedRights.GrantAsync(_kubeApiServer, cancellationToken);
                return new TestCluster(_kubeApiServer.Address, _kubeApiServer.CertificateAuthority!, users.Admin.Token, _service.Token, users.TeamA.Token, users.Viewer.Token);
            }

            _sandbox ??= await SandboxServer.StartAsync(new SandboxOptions(), cancellationToken);
            return new TestCluster(_sandbox.SecureAddress, _sandbox.CertificatePem, SandboxTokens.Admin, SandboxTokens.Service, SandboxTokens.TeamA, SandboxTokens.Viewer);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
            _sandbox.Requests.RefusedTo(SandboxTokens.ServiceUser).ShouldBeEmpty("rights that Wego lacks");
        }

        if (_kubeApiServer is not null)
        {
            await _kubeApiServer.DisposeAsync();
        }

        _gate.Dispose();
    }
}
