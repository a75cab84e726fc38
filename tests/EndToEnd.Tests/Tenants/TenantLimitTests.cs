using Google.Rpc;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.EndToEnd.Tenants;

/// <summary>A namespace has what it may, and no other pays for it.</summary>
public sealed class TenantLimitTests : IAsyncLifetime
{
    private WegoFixture _wego = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _wego = await WegoFixture.StartAsync(
        beforeStart: null, "Wego:Tenants:MaxStreams=1", "Wego:Tenants:Namespaces:team-a:MaxOperations=0", "Wego:Tenants:Namespaces:default/kubeapps:MaxOperations=3");

    public ValueTask DisposeAsync() => _wego.DisposeAsync();

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task A_stream_too_many_is_refused_with_the_setting_and_others_are_not(RpcClientProtocol protocol)
    {
        using var admin = _wego.User(SandboxTokens.Admin, protocol);
        await using (var first = admin.WatchAsync("team-a", "", Cancellation).GetAsyncEnumerator(Cancellation))
        {
            (await first.MoveNextAsync()).ShouldBeTrue();

            var refused = await Should.ThrowAsync<RpcException>(() => FirstAsync(admin, "team-a"));
            refused.Code.ShouldBe(RpcStatusCode.ResourceExhausted);
            refused.Message.ShouldBe(
                "Too much at a time for namespace 'team-a' of cluster 'default': it may have 1 streams under way in one replica of Wego (Wego:Tenants:MaxStreams). Try again when some have ended.");
            var violation = refused.Details[0].Unpack<QuotaFailure>().Violations.ShouldHaveSingleItem();
            (violation.Subject, violation.Description).ShouldBe(("namespaces/default/team-a", "Wego:Tenants:MaxStreams"));
            RetryDelay.Find(refused.Status).ShouldBe(TimeSpan.FromSeconds(1));

            await FirstAsync(admin, "kubeapps");
            // All namespaces: counts for the caller.
            await FirstAsync(admin, "");
        }
    }

    [Fact]
    public async Task A_namespace_without_changes_can_be_read_and_not_changed()
    {
        using var admin = _wego.User(SandboxTokens.Admin);

        var refused = await admin.FailAsync(Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "none", _wego.SampleRepository));
        refused.Code.ShouldBe(RpcStatusCode.ResourceExhausted);
        refused.Details[0].Unpack<QuotaFailure>().Violations[0].Description.ShouldBe("Wego:Tenants:Namespaces:team-a:MaxOperations");
        (await admin.InstalledAsync("team-a")).InstalledPackageSummaries.ShouldBeEmpty();

        await admin.AddRepositoryAsync("kubeapps", "some", _wego.SampleRepository);
        await admin.RemoveRepositoryAsync("kubeapps", "some");
    }

    [Fact]
    public async Task Many_reads_wait_for_each_other_and_all_are_answered()
    {
        using var admin = _wego.User(SandboxTokens.Admin);

        // Half of what a namespace may have, which is what one caller may have waiting.
        await Task.WhenAll(Enumerable.Range(0, 90).Select(_ => admin.CallAsync<GetInstalledPackageSummariesResponse>(
            Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") })));
    }

    private static async Task FirstAsync(User user, string ns)
    {
        await using var stream = user.WatchAsync(ns, "", Cancellation).GetAsyncEnumerator(Cancellation);
        (await stream.MoveNextAsync()).ShouldBeTrue();
    }
}
