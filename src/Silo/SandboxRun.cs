using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Sandbox;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;

namespace Wego.Silo;

/// <summary>The embedded Kubernetes API, its controllers and the sample repository, for the time that the server runs.</summary>
internal sealed class SandboxRun : IAsyncDisposable
{
    // The namespaces whose repositories serve all others, as Kubeapps and kapp-controller are installed by default.
    private static readonly string[] Namespaces = ["team-a", "kubeapps", "kapp-controller-packaging-global"];

    private readonly KubernetesClient _client;
    private readonly SandboxControllers _controllers;

    private SandboxRun(SandboxServer server, SampleRepository repository, KubernetesClient client, SandboxControllers controllers)
    {
        (Server, Repository, _client, _controllers) = (server, repository, client, controllers);
        Configuration = Configure(server, SandboxTokens.Service);
    }

    public SandboxServer Server { get; }

    public SampleRepository Repository { get; }

    /// <summary>How Wego reaches it.</summary>
    public ClusterConfiguration Configuration { get; }

    /// <param name="repositoryPort">The loopback port of the sample repository; 0, or one that is taken, picks a free one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SandboxRun> StartAsync(int repositoryPort, CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Namespaces = Namespaces }, cancellationToken);
        var repository = await StartRepositoryAsync(repositoryPort, cancellationToken);
        // Controllers are part of the cluster; they are not held back by a limit meant for clients.
        var client = new KubernetesClient(
            Configure(server, SandboxTokens.Admin), new KubernetesClientOptions { Qps = 0, UserAgent = "wego-sandbox-controllers" }, TimeProvider.System, NullLoggerFactory.Instance);
        var controllers = await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        return new SandboxRun(server, repository, client, controllers);
    }

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        _client.Dispose();
        await Repository.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task<SampleRepository> StartRepositoryAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            return await SampleRepository.StartAsync(port, cancellationToken);
        }
        catch (IOException) when (port != 0)
        {
            // Taken; the address that is printed tells where it is instead.
            return await SampleRepository.StartAsync(port: 0, cancellationToken);
        }
    }

    private static ClusterConfiguration Configure(SandboxServer server, string token) => new(server.SecureAddress)
    {
        Origin = "sandbox",
        CertificateAuthorities = [X509Certificate2.CreateFromPem(server.CertificatePem)],
        User = new UserConfiguration { Token = token },
    };
}
