using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Sandbox;
using Code = Wego.Rpc.RpcStatusCode;

namespace Wego.EndToEnd;

/// <summary>What clients get wrong. Each case has its status and the words that lead to the mistake: the field, mostly.</summary>
public sealed class InvalidInputTests(InvalidInputTests.Installed wego) : IClassFixture<InvalidInputTests.Installed>
{
    private static readonly Plugin Unknown = new() { Name = "unknown.packages", Version = "v1alpha1" };

    public static TheoryData<string, IMessage, Code, string> Cases => new()
    {
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest(), Code.InvalidArgument, "available_package_ref" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("counter") }, Code.InvalidArgument, "available_package_ref.identifier" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("/counter") }, Code.InvalidArgument, "available_package_ref.identifier" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/") }, Code.InvalidArgument, "available_package_ref.identifier" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("") }, Code.InvalidArgument, "available_package_ref.identifier" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/counter", plugin: Unknown) }, Code.InvalidArgument, "available_package_ref.plugin" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/counter", cluster: "mars") }, Code.FailedPrecondition, "available_package_ref.context.cluster" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/counter", ns: "") }, Code.InvalidArgument, "available_package_ref.context.namespace" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/nothing") }, Code.NotFound, "'nothing'" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("absent/counter") }, Code.NotFound, "'absent'" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/counter"), PkgVersion = "9.9.9" }, Code.NotFound, "pkg_version" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("sample/counter", ns: "../team-a") }, Code.InvalidArgument, "available_package_ref.context.namespace" },
        { "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = Available("..%2fsecrets/counter") }, Code.InvalidArgument, "available_package_ref.identifier" },
        { "GetAvailablePackageVersions", new GetAvailablePackageVersionsRequest(), Code.InvalidArgument, "available_package_ref" },
        { "GetAvailablePackageVersions", new GetAvailablePackageVersionsRequest { AvailablePackageRef = Available("sample/nothing") }, Code.NotFound, "'nothing'" },
        { "GetAvailablePackageSummaries", new GetAvailablePackageSummariesRequest { Context = new Context { Cluster = "mars" } }, Code.FailedPrecondition, "context.cluster" },
        { "GetAvailablePackageSummaries", Page(size: -1), Code.InvalidArgument, "pagination_options.page_size" },
        { "GetAvailablePackageSummaries", Page(token: "no token"), Code.InvalidArgument, "pagination_options.page_token" },
        { "GetAvailablePackageSummaries", Page(token: "WzEsMl0"), Code.InvalidArgument, "pagination_options.page_token" },
        { "GetInstalledPackageSummaries", new GetInstalledPackageSummariesRequest { PaginationOptions = new PaginationOptions { PageToken = "%%%" } }, Code.InvalidArgument, "pagination_options.page_token" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest(), Code.InvalidArgument, "installed_package_ref" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = new InstalledPackageReference { Plugin = Wire.Flux, Identifier = "a" } }, Code.InvalidArgument, "installed_package_ref.context.namespace" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = new InstalledPackageReference { Plugin = Wire.Flux, Context = Wire.In("team-a") } }, Code.InvalidArgument, "installed_package_ref.identifier" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = new InstalledPackageReference { Identifier = "a", Context = Wire.In("team-a") } }, Code.InvalidArgument, "installed_package_ref.plugin" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", "absent") }, Code.NotFound, "'absent'" },
        { "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", "a/b") }, Code.InvalidArgument, "installed_package_ref.identifier" },
        { "GetInstalledPackageResourceRefs", new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = Wire.Installed("team-a", "absent") }, Code.NotFound, "'absent'" },
        { "CreateInstalledPackage", new CreateInstalledPackageRequest(), Code.InvalidArgument, "available_package_ref" },
        { "CreateInstalledPackage", Create(r => r.TargetContext = null), Code.InvalidArgument, "target_context.namespace" },
        { "CreateInstalledPackage", Create(r => r.Name = ""), Code.InvalidArgument, "name" },
        { "CreateInstalledPackage", Create(r => r.Name = "Not_A_Name"), Code.InvalidArgument, "name" },
        { "CreateInstalledPackage", Create(r => r.Name = new string('a', 54)), Code.InvalidArgument, "name" },
        { "CreateInstalledPackage", Create(r => r.AvailablePackageRef.Identifier = "sample/nothing"), Code.NotFound, "available_package_ref.identifier" },
        { "CreateInstalledPackage", Create(r => r.PkgVersionReference = new VersionReference { Version = "not a version" }), Code.InvalidArgument, "pkg_version_reference" },
        { "CreateInstalledPackage", Create(r => r.Values = "a: [1"), Code.InvalidArgument, "values" },
        { "CreateInstalledPackage", Create(r => r.Values = "- a\n- b\n"), Code.InvalidArgument, "values" },
        { "CreateInstalledPackage", Create(r => r.ReconciliationOptions = new ReconciliationOptions { Interval = "soon" }), Code.InvalidArgument, "reconciliation_options.interval" },
        { "CreateInstalledPackage", Create(r => r.Name = "there"), Code.AlreadyExists, "there" },
        { "UpdateInstalledPackage", new UpdateInstalledPackageRequest(), Code.InvalidArgument, "installed_package_ref" },
        { "UpdateInstalledPackage", new UpdateInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "absent") }, Code.NotFound, "absent" },
        { "UpdateInstalledPackage", new UpdateInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "there"), Values = "a: [1" }, Code.InvalidArgument, "values" },
        { "UpdateInstalledPackage", new UpdateInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "there"), PkgVersionReference = new VersionReference { Version = "x y" } }, Code.InvalidArgument, "pkg_version_reference" },
        { "DeleteInstalledPackage", new DeleteInstalledPackageRequest(), Code.InvalidArgument, "installed_package_ref" },
        { "DeleteInstalledPackage", new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "absent") }, Code.NotFound, "absent" },
        { "AddPackageRepository", new AddPackageRepositoryRequest(), Code.InvalidArgument, "plugin" },
        { "AddPackageRepository", Add(r => r.Plugin = Unknown), Code.InvalidArgument, "plugin" },
        { "AddPackageRepository", Add(r => r.Context = null), Code.InvalidArgument, "context.namespace" },
        { "AddPackageRepository", Add(r => r.Context.Cluster = "mars"), Code.FailedPrecondition, "context.cluster" },
        { "AddPackageRepository", Add(r => r.Name = ""), Code.InvalidArgument, "name" },
        { "AddPackageRepository", Add(r => r.Name = "Not A Name"), Code.InvalidArgument, "name" },
        { "AddPackageRepository", Add(r => r.Url = ""), Code.InvalidArgument, "url" },
        { "AddPackageRepository", Add(r => r.Url = "ftp://charts"), Code.InvalidArgument, "url" },
        { "AddPackageRepository", Add(r => r.Type = "floppy"), Code.Unimplemented, "type" },
        { "AddPackageRepository", Add(r => r.Interval = "now and then"), Code.InvalidArgument, "interval" },
        { "AddPackageRepository", Add(r => r.Name = "sample"), Code.AlreadyExists, "sample" },
        { "UpdatePackageRepository", new UpdatePackageRepositoryRequest(), Code.InvalidArgument, "package_repo_ref" },
        { "UpdatePackageRepository", new UpdatePackageRepositoryRequest { PackageRepoRef = Wire.Repository("team-a", "absent"), Url = "http://127.0.0.1/" }, Code.NotFound, "absent" },
        { "GetPackageRepositoryDetail", new GetPackageRepositoryDetailRequest(), Code.InvalidArgument, "package_repo_ref" },
        { "GetPackageRepositoryDetail", new GetPackageRepositoryDetailRequest { PackageRepoRef = Wire.Repository("team-a", "absent") }, Code.NotFound, "'absent'" },
        { "DeletePackageRepository", new DeletePackageRepositoryRequest { PackageRepoRef = Wire.Repository("team-a", "absent") }, Code.NotFound, "absent" },
        { "GetPackageRepositoryPermissions", new GetPackageRepositoryPermissionsRequest { Context = new Context { Namespace = "team-a" } }, Code.InvalidArgument, "context.cluster" },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task EachMistakeIsNamed(string method, IMessage request, Code code, string named)
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var failure = await admin.FailAsync(Find(method), request);
        failure.Code.ShouldBe(code, failure.Message);
        failure.Message.ShouldContain(named);
    }

    [Fact]
    public async Task APackageThatFluxIsWorkingOnIsNotUpdated()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var releases = new Wego.Kubernetes.GroupVersionResource("helm.toolkit.fluxcd.io", "v2", "helmreleases");
        await admin.InstallAsync("team-a", "pending", "sample/counter");
        await admin.UntilReadyAsync("team-a", "pending");
        // As while Flux is at work: the controller has not seen the present generation.
        using (wego.Cluster.Faults.Add(SandboxFault.InternalError(), r => r.UserAgent == "wego-sandbox-controllers"))
        {
            wego.Cluster.Store.UpdateStatus(releases, "team-a", "pending", status =>
            {
                status["observedGeneration"] = 1;
                status["conditions"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
                {
                    ["type"] = "Reconciling",
                    ["status"] = "True",
                    ["reason"] = "Progressing",
                    ["message"] = "Running 'upgrade' action",
                    ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
                });
            });
            var failure = await admin.FailAsync(
                Wire.Packages("UpdateInstalledPackage"), new UpdateInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "pending"), Values = "a: 1" });
            failure.Code.ShouldBe(Code.FailedPrecondition, failure.Message);
        }
    }

    private static MethodDescriptor Find(string method) => Wire.Packages(method) ?? Wire.Repositories(method);

    private static AvailablePackageReference Available(string identifier, string ns = "team-a", string cluster = "default", Plugin? plugin = null) =>
        new() { Context = new Context { Cluster = cluster, Namespace = ns }, Identifier = identifier, Plugin = plugin ?? Wire.Flux };

    private static GetAvailablePackageSummariesRequest Page(int size = 0, string token = "") =>
        new() { PaginationOptions = new PaginationOptions { PageSize = size, PageToken = token } };

    private static CreateInstalledPackageRequest Create(Action<CreateInstalledPackageRequest> change)
    {
        var request = new CreateInstalledPackageRequest { AvailablePackageRef = Available("sample/counter"), TargetContext = Wire.In("team-a"), Name = "new" };
        change(request);
        return request;
    }

    private static AddPackageRepositoryRequest Add(Action<AddPackageRepositoryRequest> change)
    {
        var request = Wire.Add("team-a", "new", new Uri("http://127.0.0.1:1/"));
        change(request);
        return request;
    }

    /// <summary>A server with a repository <c>sample</c> and a release <c>there</c>.</summary>
    public sealed class Installed : IAsyncLifetime
    {
        private WegoFixture _wego = null!;

        public SandboxServer Cluster => _wego.Cluster;

        public User User(string token) => _wego.User(token);

        public async ValueTask InitializeAsync()
        {
            _wego = await WegoFixture.StartAsync(beforeStart: null);
            using var admin = User(SandboxTokens.Admin);
            await admin.AddRepositoryAsync("team-a", "sample", _wego.SampleRepository);
            await admin.InstallAsync("team-a", "there", "sample/counter");
            await admin.UntilReadyAsync("team-a", "there");
        }

        public ValueTask DisposeAsync() => _wego.DisposeAsync();
    }
}
