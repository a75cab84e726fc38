using System.Net;
using System.Text;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Who gets in. The API server decides about tokens, Wego only about missing ones.</summary>
public sealed class AuthenticationTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string Secret = "a-token-that-nobody-may-read";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic c2FuZGJveC1hZG1pbjo=")]
    [InlineData("sandbox-admin")]
    [InlineData($"Bearer {Secret}")]
    [InlineData($"Bearer {Secret} and more")]
    public async Task AMissingMalformedOrUnknownTokenIsTurnedAway(string? authorization)
    {
        using var rest = wego.Rest(token: null);
        if (authorization is not null)
        {
            rest.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var path in Protected())
        {
            using var response = await rest.GetAsync(path, Cancellation);
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{path}: {text}");
            text.ShouldContain("\"code\":16");
            text.ShouldNotContain(Secret);
        }

        NothingLoggedContains(Secret);
    }

    [Fact]
    public async Task AWriteWithoutAValidTokenIsTurnedAway()
    {
        foreach (var token in new[] { null, Secret })
        {
            using var user = wego.User(token);
            var add = await user.FailAsync(Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "intruder", wego.SampleRepository));
            add.Code.ShouldBe(RpcStatusCode.Unauthenticated);
            add.Message.ShouldNotContain(Secret);
            var delete = await user.FailAsync(
                Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "any") });
            delete.Code.ShouldBe(RpcStatusCode.Unauthenticated);
            delete.Message.ShouldNotContain(Secret);
            var permissions = await user.FailAsync(Wire.Repositories("GetPackageRepositoryPermissions"), new GetPackageRepositoryPermissionsRequest());
            permissions.Code.ShouldBe(RpcStatusCode.Unauthenticated);
        }
    }

    [Fact]
    public async Task AnExpiredTokenIsTurnedAway()
    {
        await using var own = await WegoFixture.StartAsync(beforeStart: null, "Wego:Kubernetes:AllowedAccessLifetime=00:00:00.001", "Wego:Kubernetes:DeniedAccessLifetime=00:00:00.001");
        using var user = own.User(SandboxTokens.TeamA);
        await user.InstalledAsync("team-a");
        own.Cluster.Faults.ExpireToken(SandboxTokens.TeamA);
        var failure = await user.FailAsync(
            Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") });
        failure.Code.ShouldBe(RpcStatusCode.Unauthenticated);
        failure.Message.ShouldNotContain(SandboxTokens.TeamA);
    }

    [Fact]
    public async Task AStreamEndsWhenItsTokenHasExpired()
    {
        await using var own = await WegoFixture.StartAsync(beforeStart: null, "Wego:Kubernetes:AllowedAccessLifetime=00:00:00.001");
        using var team = own.User(SandboxTokens.TeamA);
        using var admin = own.User(SandboxTokens.Admin);
        await admin.AddRepositoryAsync("team-a", "sample", own.SampleRepository);
        await using var changes = team.WatchAsync("team-a", "", Cancellation).GetAsyncEnumerator(Cancellation);
        (await changes.MoveNextAsync()).ShouldBeTrue();
        own.Cluster.Faults.ExpireToken(SandboxTokens.TeamA);
        await admin.InstallAsync("team-a", "unseen", "sample/counter");
        var failure = await Should.ThrowAsync<RpcException>(async () => await changes.MoveNextAsync());
        failure.Code.ShouldBe(RpcStatusCode.Unauthenticated);
        failure.Message.ShouldNotContain(SandboxTokens.TeamA);
    }

    [Fact]
    public async Task PluginsHealthReflectionAndTheDocumentsNeedNoToken()
    {
        using var user = wego.User(token: null);
        (await user.CallAsync<GetConfiguredPluginsResponse>(Wire.Plugins("GetConfiguredPlugins"), new GetConfiguredPluginsRequest()))
            .Plugins.Select(p => $"{p.Name}/{p.Version}").ShouldBe(["fluxv2.packages/v1alpha1", "helm.packages/v1alpha1", "kapp_controller.packages/v1alpha1", "resources/v1alpha1"]);
        using var rest = wego.Rest(token: null);
        foreach (var path in new[] { "/openapi.json", "/core/plugins/v1alpha1/configured-plugins" })
        {
            using var response = await rest.GetAsync(path, Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        using var health = await rest.PostAsync("/grpc.health.v1.Health/Check", new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);
        (await health.Content.ReadAsStringAsync(Cancellation)).ShouldContain("SERVING");
        foreach (var version in new[] { "v1", "v1alpha" })
        {
            // One enveloped message of the Connect protocol.
            var question = Encoding.UTF8.GetBytes("""{"listServices":""}""");
            using var content = new ByteArrayContent([0, 0, 0, 0, (byte)question.Length, .. question]);
            content.Headers.ContentType = new("application/connect+json");
            using var reflection = await rest.PostAsync($"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", content, Cancellation);
            (await reflection.Content.ReadAsStringAsync(Cancellation)).ShouldContain("kubeappsapis.core.packages.v1alpha1.PackagesService");
        }
    }

    [Fact]
    public async Task NoTokenReachesTheLog()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "logged", wego.SampleRepository);
        await user.InstallAsync("team-a", "logged", "logged/counter");
        await user.UntilReadyAsync("team-a", "logged");
        await user.FailAsync(
            Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = Wire.In("kube-system") });
        NothingLoggedContains(SandboxTokens.TeamA);
        NothingLoggedContains(SandboxTokens.Service);
    }

    private static IEnumerable<string> Protected() =>
    [
        "/core/packages/v1alpha1/availablepackages",
        "/core/packages/v1alpha1/availablepackages/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/none/none",
        "/core/packages/v1alpha1/installedpackages",
        "/core/packages/v1alpha1/installedpackages?context.namespace=team-a",
        "/core/packages/v1alpha1/installedpackages/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/none",
        "/core/packages/v1alpha1/repositories",
        "/core/packages/v1alpha1/repositories/c/default/permissions?context.namespace=team-a",
        "/plugins/fluxv2/packages/v1alpha1/installedpackages",
        "/plugins/resources/v1alpha1/c/default/ns/team-a",
        "/plugins/resources/v1alpha1/c/default/namespacenames",
    ];

    private void NothingLoggedContains(string secret)
    {
        wego.Log.Entries.ShouldNotBeEmpty();
        wego.Log.Entries.Where(e => WithoutUser(e, secret).Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // Users of the sandbox are called like their tokens, and the audit log tells who did something.
    private static string WithoutUser(TestLogEntry entry, string name)
    {
        var user = $"Message = {name} called ";
        var text = entry.ToString();
        return entry.Category == "Wego.Audit" && text.Contains(user, StringComparison.Ordinal) ? text.Remove(text.IndexOf(user, StringComparison.Ordinal), user.Length) : text;
    }
}
