using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The journey with Wego's own client over gRPC and Connect.</summary>
public sealed class JourneyTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task FromAddingARepositoryToDeletingThePackage(RpcClientProtocol protocol)
    {
        using var client = wego.Client(protocol);
        await new Journey(client, SandboxTokens.TeamA, wego.SampleRepository).RunAsync($"journey-{protocol.ToString().ToLowerInvariant()}");
    }
}
