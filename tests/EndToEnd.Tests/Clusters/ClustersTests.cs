using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Several clusters: one that Wego runs on, a second with a service token, a third without, and one that is gone.</summary>
public sealed class ClustersTests : IAsyncLifetime
{
    private readonly BlackHole _hole = new();
    private SandboxServer _second = null!;
    private WegoFixture _wego = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _second = await SandboxServer.StartAsync(new SandboxOptions { Namespaces = ["team-a", "only-there"] }, Cancellation);
        var authority = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_second.CertificatePem));
        _wego = await WegoFixture.StartAsync(
            beforeStart: null,
            [
                "Wego:Kubernetes:ConnectTimeout=00:00:00.3",
                .. Entry(0, "second", _second.SecureAddress, $"certificateAuthorityData={authority}", $"serviceToken={SandboxTokens.Service}"),
                .. Entry(1, "third", _second.SecureAddress, "insecure=true"),
                .. Entry(2, "gone", _hole.Address, $"serviceToken={SandboxTokens.Service}"),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _wego.DisposeAsync();
        await _second.DisposeAsync();
        _hole.Dispose();
    }

    [Fact]
    public async Task EachClusterAnswersForItself()
    {
        using var admin = _wego.User(SandboxTokens.Admin);
        (await NamespacesAsync(admin, "default")).ShouldNotContain("only-there");
        (await NamespacesAsync(admin, "second")).ShouldContain("only-there");
        (await NamespacesAsync(admin, "third")).ShouldContain("only-there");
        (await NamespacesAsync(admin, "-")).ShouldBe(await NamespacesAsync(admin, ""));
        await admin.CallAsync<CreateNamespaceResponse>(Wire.Resources("CreateNamespace"), new CreateNamespaceRequest { Context = In("second", "made-there") });
        (await ExistsAsync(admin, "second", "made-there")).ShouldBeTrue();
        (await ExistsAsync(admin, "default", "made-there")).ShouldBeFalse();
    }

    [Fact]
    public async Task WhoMayNotListNamespacesGetsThoseOfHisByTheServiceToken()
    {
        using var team = _wego.User(SandboxTokens.TeamA);
        (await NamespacesAsync(team, "second")).ShouldBe(["team-a"]);
        (await CanListNamespacesAsync(team, "second")).ShouldBeTrue();

        // Without such a token nobody can list for him.
        var failure = await team.FailAsync(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "third" });
        failure.Code.ShouldBe(RpcStatusCode.PermissionDenied, failure.Message);
        failure.Message.ShouldContain("serviceToken");
        (await CanListNamespacesAsync(team, "third")).ShouldBeFalse();
        using var admin = _wego.User(SandboxTokens.Admin);
        (await CanListNamespacesAsync(admin, "third")).ShouldBeTrue();
    }

    [Fact]
    public async Task ABadTokenIsBadOnEveryCluster()
    {
        using var nobody = _wego.User("no-such-token");
        foreach (var cluster in new[] { "default", "second", "third" })
        {
            (await nobody.FailAsync(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = In(cluster, "default") }))
                .Code.ShouldBe(RpcStatusCode.Unauthenticated);
        }
    }

    [Fact]
    public async Task AClusterThatIsGoneSaysSoAndDelaysNoOther()
    {
        using var user = _wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "sample", _wego.SampleRepository);
        await user.InstallAsync("team-a", "web", "sample/counter");
        await user.UntilReadyAsync("team-a", "web");
        using var other = _wego.User(SandboxTokens.Admin);
        var failures = new List<RpcException>();
        for (var i = 0; i < 4; i++)
        {
            var failing = other.FailAsync(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "gone" });
            (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Count.ShouldBe(1);
            (await user.PageAsync()).AvailablePackageSummaries.Count.ShouldBe(3);
            (await NamespacesAsync(other, "second")).ShouldContain("only-there");
            failures.Add(await failing);
        }

        failures.ShouldAllBe(f => f.Code == RpcStatusCode.Unavailable);
        failures[^1].Message.ShouldContain("cluster 'gone' cannot be reached, so this was not tried");
    }

    [Theory]
    [InlineData("second")]
    [InlineData("gone")]
    public async Task FluxWorksOnItsOwnClusterOnly(string cluster)
    {
        using var user = _wego.User(SandboxTokens.Admin);
        foreach (var failure in new[]
        {
            await user.FailAsync(Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = new() { Context = In(cluster, "team-a"), Identifier = "web", Plugin = Wire.Flux } }),
            await user.FailAsync(Wire.Packages("GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = new() { Context = In(cluster, "team-a"), Identifier = "a/b", Plugin = Wire.Flux } }),
            await user.FailAsync(Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest { AvailablePackageRef = Wire.Available("team-a", "a/b"), TargetContext = In(cluster, "team-a"), Name = "web" }),
            await user.FailAsync(Wire.Repositories("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = new() { Context = In(cluster, "team-a"), Identifier = "a", Plugin = Wire.Flux } }),
            await user.FailAsync(Wire.Repositories("AddPackageRepository"), new AddPackageRepositoryRequest { Context = In(cluster, "team-a"), Name = "a", Type = "helm", Url = "http://a.test", Plugin = Wire.Flux }),
        })
        {
            failure.Code.ShouldBe(RpcStatusCode.Unimplemented, failure.Message);
            failure.Message.ShouldContain($"plugin 'fluxv2.packages' works on cluster 'default' only, not on '{cluster}'.");
        }
    }

    [Fact]
    public async Task AnUnknownClusterIsNamedWithTheKnownOnes()
    {
        using var user = _wego.User(SandboxTokens.Admin);
        var failure = await user.FailAsync(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "nowhere" });
        failure.Code.ShouldBe(RpcStatusCode.FailedPrecondition);
        failure.Message.ShouldContain("'nowhere'");
        failure.Message.ShouldContain("default, second, third, gone");
        failure = await user.FailAsync(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = In("nowhere", "team-a") });
        failure.Code.ShouldBe(RpcStatusCode.FailedPrecondition);
    }

    private static string[] Entry(int index, string name, Uri address, params string[] more) =>
        [$"Wego:Clusters:{index}:name={name}", $"Wego:Clusters:{index}:apiServiceURL={address}", .. more.Select(m => $"Wego:Clusters:{index}:{m}")];

    private static Context In(string cluster, string ns) => new() { Cluster = cluster, Namespace = ns };

    private static async Task<string[]> NamespacesAsync(User user, string cluster) =>
        [.. (await user.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = cluster })).NamespaceNames];

    private static async Task<bool> ExistsAsync(User user, string cluster, string ns) =>
        (await user.CallAsync<CheckNamespaceExistsResponse>(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = In(cluster, ns) })).Exists;

    private static async Task<bool> CanListNamespacesAsync(User user, string cluster) =>
        (await user.CallAsync<CanIResponse>(Wire.Resources("CanI"), new CanIRequest { Context = In(cluster, ""), Group = "", Resource = "namespaces", Verb = "list" })).Allowed;
}
