using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Rpc.Client;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd;

/// <summary>The journey on a real kube-apiserver, with the definitions that Flux publishes where they are at hand, under the rights of the chart.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class RealClusterJourneyTests
{
    [Fact]
    public async Task FromAddingARepositoryToDeletingThePackage()
    {
        await using var cluster = await RealCluster.StartAsync();
        var users = cluster.Server.Identities;
        using var wego = cluster.Client();

        await new Journey(wego, users.Admin.Token, cluster.Sample.Address).RunAsync("journey");

        var refused = await Should.ThrowAsync<RpcException>(() => ListAsync(wego, users.Nobody));
        refused.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var unknown = await Should.ThrowAsync<RpcException>(() => ListAsync(wego, new TestIdentity("unknown", "no-token-of-this-cluster")));
        unknown.Code.ShouldBe(RpcStatusCode.Unauthenticated);
        await cluster.StopAsync();
    }

    private static Task<GetInstalledPackageSummariesResponse> ListAsync(RpcClient wego, TestIdentity user) =>
        wego.CallAsync<GetInstalledPackageSummariesResponse>(
            Wire.Packages("GetInstalledPackageSummaries"),
            new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") },
            new RpcCallOptions { BearerToken = user.Token },
            TestContext.Current.CancellationToken);
}
