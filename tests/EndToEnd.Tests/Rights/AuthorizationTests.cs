using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd;

/// <summary>Who sees what: an admin, an editor of one namespace, a viewer without secrets.</summary>
public sealed class AuthorizationTests(AuthorizationTests.TwoTeams wego) : IClassFixture<AuthorizationTests.TwoTeams>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListsOverAllNamespacesShowWhatTheCallerMaySee()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        (await team.InstalledAsync()).InstalledPackageSummaries.Select(p => p.InstalledPackageRef.Context.Namespace).Distinct().ShouldBe(["team-a"]);
        (await team.PageAsync()).AvailablePackageSummaries.Select(p => p.AvailablePackageRef.Context.Namespace).Distinct().ShouldBe(["team-a"]);
        (await RepositoriesAsync(team)).ShouldBe(["team-a"]);

        foreach (var token in new[] { SandboxTokens.Admin, SandboxTokens.Viewer })
        {
            using var all = wego.User(token);
            (await all.InstalledAsync()).InstalledPackageSummaries.Select(p => p.InstalledPackageRef.Context.Namespace).ShouldBe(["team-a", "team-b"]);
            (await all.PageAsync()).AvailablePackageSummaries.Select(p => p.AvailablePackageRef.Context.Namespace).Distinct().ShouldBe(["team-a", "team-b"]);
            (await RepositoriesAsync(all)).ShouldBe(["team-a", "team-b"]);
        }
    }

    [Fact]
    public async Task EventsOverAllNamespacesShowWhatTheCallerMaySee()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        var seen = new List<string>();
        await foreach (var change in team.WatchAsync("", "", Cancellation))
        {
            if (change.Type == EventType.Synced)
            {
                break;
            }

            seen.Add(change.InstalledPackageSummary.InstalledPackageRef.Context.Namespace);
        }

        seen.ShouldBe(["team-a"]);
    }

    [Fact]
    public async Task WhatIsNotTheCallersIsRefusedWhetherItExistsOrNot()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        await SameAsync(name => team.FailAsync(
            Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-b", name) }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = Wire.Installed("team-b", name) }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("UpdateInstalledPackage"), new UpdateInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-b", name) }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-b", name) }));
        await SameAsync(name => team.FailAsync(
            Wire.Repositories("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = Wire.Repository("team-b", name) }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = Wire.Available("team-b", $"{name}/counter") }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = Wire.Available("team-b", $"{name}/counter") }));
        await SameAsync(name => team.FailAsync(
            Wire.Packages("CreateInstalledPackage"),
            new CreateInstalledPackageRequest { AvailablePackageRef = Wire.Available("team-b", $"{name}/counter"), TargetContext = Wire.In("team-a"), Name = "stolen" }));
        await SameAsync(name => StreamFailureAsync(team, new GetResourcesRequest { InstalledPackageRef = Wire.Installed("team-b", name), Watch = true }));
    }

    [Fact]
    public async Task ListsOfAForeignNamespaceAreRefused()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        var installed = await team.FailAsync(
            Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-b") });
        installed.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var repositories = await team.FailAsync(
            Wire.Repositories("GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest { Context = Wire.In("team-b") });
        repositories.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var events = await Should.ThrowAsync<RpcException>(async () => await team.WatchAsync("team-b", "", Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync());
        events.Code.ShouldBe(RpcStatusCode.PermissionDenied);
    }

    [Fact]
    public async Task AViewerLooksButDoesNotTouchAndGetsNoNotes()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        using var viewer = wego.User(SandboxTokens.Viewer);
        (await DetailAsync(admin)).PostInstallationNotes.ShouldContain("says \"Hello\"");
        var seen = await DetailAsync(viewer);
        seen.Status.Ready.ShouldBeTrue();
        seen.PostInstallationNotes.ShouldBeEmpty();

        var create = await viewer.FailAsync(
            Wire.Packages("CreateInstalledPackage"),
            new CreateInstalledPackageRequest { AvailablePackageRef = Wire.Available("team-a", "shared/hello-web"), TargetContext = Wire.In("team-a"), Name = "new" });
        create.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var add = await viewer.FailAsync(Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "new", wego.SampleRepository));
        add.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var delete = await viewer.FailAsync(
            Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "shared") });
        delete.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        (await viewer.InstalledAsync("team-a")).InstalledPackageSummaries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AMissingNamespaceIsToldOnlyToThoseWhoMayKnow()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        (await ExistsAsync(admin, "team-a")).Exists.ShouldBeTrue();
        (await ExistsAsync(admin, "nowhere")).Exists.ShouldBeFalse();
        using var team = wego.User(SandboxTokens.TeamA);
        await SameAsync(
            name => team.FailAsync(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = Wire.In(name) }),
            existing: "team-b");
    }

    [Fact]
    public async Task PermissionsAreTheCallers()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        (await PermissionsAsync(team, "team-a")).ShouldAllBe(p => p.Value);
        (await PermissionsAsync(team, "team-b")).ShouldAllBe(p => !p.Value);
        using var viewer = wego.User(SandboxTokens.Viewer);
        (await PermissionsAsync(viewer, "team-b")).Where(p => p.Value).Select(p => p.Key).Order(StringComparer.Ordinal).ShouldBe(["get", "list", "watch"]);
    }

    // The same status and, but for the name, the same words for what exists and what does not.
    private static async Task SameAsync(Func<string, Task<RpcException>> call, string existing = "shared")
    {
        var present = await call(existing);
        var absent = await call("zzzz");
        present.Code.ShouldBe(RpcStatusCode.PermissionDenied, present.Message);
        absent.Code.ShouldBe(RpcStatusCode.PermissionDenied, absent.Message);
        present.Message.Replace(existing, "NAME", StringComparison.Ordinal).ShouldBe(absent.Message.Replace("zzzz", "NAME", StringComparison.Ordinal));
    }

    private static async Task<RpcException> StreamFailureAsync(User user, GetResourcesRequest request) =>
        await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var _ in user.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Cancellation))
            {
                break;
            }
        });

    private static async Task<IEnumerable<string>> RepositoriesAsync(User user) =>
        (await user.CallAsync<GetPackageRepositorySummariesResponse>(Wire.Repositories("GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest()))
        .PackageRepositorySummaries.Select(r => r.PackageRepoRef.Context.Namespace);

    private static async Task<InstalledPackageDetail> DetailAsync(User user) =>
        (await user.CallAsync<GetInstalledPackageDetailResponse>(
            Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", "shared") })).InstalledPackageDetail;

    private static Task<CheckNamespaceExistsResponse> ExistsAsync(User user, string ns) =>
        user.CallAsync<CheckNamespaceExistsResponse>(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = Wire.In(ns) });

    private static async Task<IDictionary<string, bool>> PermissionsAsync(User user, string ns) =>
        (await user.CallAsync<GetPackageRepositoryPermissionsResponse>(
            Wire.Repositories("GetPackageRepositoryPermissions"), new GetPackageRepositoryPermissionsRequest { Context = Wire.In(ns) })).Permissions.Single(p => p.Plugin.Name == "fluxv2.packages").Namespace;

    /// <summary>A repository and a release, both named <c>shared</c>, in each of two namespaces.</summary>
    public sealed class TwoTeams : IAsyncLifetime
    {
        private WegoFixture _wego = null!;

        public Uri SampleRepository => _wego.SampleRepository;

        public User User(string token) => _wego.User(token);

        public async ValueTask InitializeAsync()
        {
            _wego = await WegoFixture.StartAsync(beforeStart: null);
            _wego.Cluster.Store.CreateYaml("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-b\n");
            using var admin = User(SandboxTokens.Admin);
            foreach (var ns in new[] { "team-a", "team-b" })
            {
                await admin.AddRepositoryAsync(ns, "shared", SampleRepository);
                await admin.InstallAsync(ns, "shared", "shared/hello-web");
                await admin.UntilReadyAsync(ns, "shared");
            }
        }

        public ValueTask DisposeAsync() => _wego.DisposeAsync();
    }
}
