using Wego.Testing.ApiServers;

[assembly: AssemblyFixture(typeof(Wego.Contract.Tests.Servers.TestServers))]

namespace Wego.Contract.Tests.Servers;

/// <summary>The servers of a test run; each is started by the first test that needs it and stopped at the end of the run.</summary>
public sealed class TestServers : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<ServerKind, ITestApiServer> _servers = [];

    private static string? Kubeconfig => Environment.GetEnvironmentVariable(ExistingCluster.Variable) is { Length: > 0 } file ? file : null;

    /// <summary>Why a server cannot be had here, or null where it can.</summary>
    public static string? MissingReason(ServerKind kind) => kind switch
    {
        ServerKind.KubeApiServer => Kubeconfig is null ? ApiServerAssets.MissingReason() : null,
        _ => null,
    };

    public async Task<ITestApiServer> GetAsync(ServerKind kind, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_servers.TryGetValue(kind, out var server))
            {
                server = await StartAsync(kind, cancellationToken);
                _servers.Add(kind, server);
            }

            return server;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        _gate.Dispose();
    }

    private static async Task<ITestApiServer> StartAsync(ServerKind kind, CancellationToken cancellationToken) => kind switch
    {
        ServerKind.KubeApiServer when Kubeconfig is { } kubeconfig => await ExistingCluster.OpenAsync(kubeconfig, cancellationToken),
        ServerKind.KubeApiServer => await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken),
        _ => await SandboxApiServer.StartAsync(cancellationToken),
    };
}
