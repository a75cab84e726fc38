using Wego.Sandbox;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Servers;

/// <summary>A sandbox, set up as a real server is: through its API.</summary>
public sealed class SandboxApiServer : ITestApiServer
{
    private const string Nobody = "sandbox-nobody";

    private readonly SandboxServer _sandbox;

    private SandboxApiServer(SandboxServer sandbox) => _sandbox = sandbox;

    public Uri Address => _sandbox.SecureAddress;

    public TestIdentities Identities { get; } = new(
        new TestIdentity(SandboxTokens.Admin, SandboxTokens.Admin, "system:masters"),
        new TestIdentity(SandboxTokens.TeamA, SandboxTokens.TeamA),
        new TestIdentity(SandboxTokens.Viewer, SandboxTokens.Viewer),
        new TestIdentity(Nobody, Nobody));

    public string? CertificateAuthority => _sandbox.CertificatePem;

    public static async Task<SandboxApiServer> StartAsync(CancellationToken cancellationToken)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Tokens = [new SandboxToken(Nobody, Nobody, [])] }, cancellationToken);
        var server = new SandboxApiServer(sandbox);
        using var client = server.ConnectAdmin();
        await new ClusterSetup(client).RunAsync(server.Identities, cancellationToken);
        return server;
    }

    public HttpMessageHandler CreateHandler() => ServingCertificate.CreateHandler(_sandbox.CertificatePem);

    public Task CompactAsync(string resourceVersion, CancellationToken cancellationToken)
    {
        _sandbox.Faults.CompactHistory();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();
}
