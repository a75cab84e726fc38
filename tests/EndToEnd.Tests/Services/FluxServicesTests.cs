using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Every RPC of the Flux plugin's own services, which need no plugin in their references.</summary>
public sealed class FluxServicesTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private static readonly ServiceDescriptor Packages = Fluxv2Reflection.Descriptor.Services.Single(s => s.Name == "FluxV2PackagesService");
    private static readonly ServiceDescriptor Repositories = Fluxv2Reflection.Descriptor.Services.Single(s => s.Name == "FluxV2RepositoriesService");

    [Fact]
    public async Task RepositoriesAreAddedReadChangedAndDeleted()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        var reference = new PackageRepositoryReference { Context = Wire.In("team-a"), Identifier = "flux-own" };
        var add = Wire.Add("team-a", "flux-own", wego.SampleRepository);
        add.Plugin = null;
        add.Description = "first";
        var added = await user.CallAsync<AddPackageRepositoryResponse>(Repositories.FindMethodByName("AddPackageRepository"), add);
        added.PackageRepoRef.Plugin.ShouldBe(Wire.Flux);

        var detail = await DetailAsync(user, reference);
        (detail.Description, detail.Interval, detail.NamespaceScoped).ShouldBe(("first", "10m", true));

        await user.CallAsync<UpdatePackageRepositoryResponse>(Repositories.FindMethodByName("UpdatePackageRepository"), new UpdatePackageRepositoryRequest
        {
            PackageRepoRef = reference,
            Url = wego.SampleRepository.ToString(),
            Description = "second",
            Interval = "1h30m",
        });
        detail = await DetailAsync(user, reference, d => d.Description == "second");
        (detail.Description, detail.Interval).ShouldBe(("second", "1h30m"));

        var summaries = await user.CallAsync<GetPackageRepositorySummariesResponse>(
            Repositories.FindMethodByName("GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest { Context = Wire.In("team-a") });
        summaries.PackageRepositorySummaries.ShouldContain(r => r.Name == "flux-own");

        var permissions = await user.CallAsync<GetPackageRepositoryPermissionsResponse>(
            Repositories.FindMethodByName("GetPackageRepositoryPermissions"), new GetPackageRepositoryPermissionsRequest { Context = Wire.In("team-a") });
        permissions.Permissions.Single().Namespace["create"].ShouldBeTrue();

        await user.CallAsync<DeletePackageRepositoryResponse>(Repositories.FindMethodByName("DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = reference });
        var gone = await user.FailAsync(Repositories.FindMethodByName("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = reference });
        gone.Code.ShouldBe(RpcStatusCode.NotFound);
    }

    [Fact]
    public async Task PackagesAreFoundInstalledReadChangedAndDeleted()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "flux-packages", wego.SampleRepository);
        var available = new AvailablePackageReference { Context = Wire.In("team-a"), Identifier = "flux-packages/nightly-report" };
        var installed = new InstalledPackageReference { Context = Wire.In("team-a"), Identifier = "flux-report" };

        var page = await CallAsync<GetAvailablePackageSummariesResponse>(user, "GetAvailablePackageSummaries", new GetAvailablePackageSummariesRequest
        {
            FilterOptions = new FilterOptions { Query = "REPORT", Repositories = { "flux-packages" } },
        });
        page.AvailablePackageSummaries.Single().AvailablePackageRef.Plugin.ShouldBe(Wire.Flux);
        (await CallAsync<GetAvailablePackageDetailResponse>(user, "GetAvailablePackageDetail", new GetAvailablePackageDetailRequest { AvailablePackageRef = available }))
            .AvailablePackageDetail.Readme.ShouldStartWith("# nightly-report");
        (await CallAsync<GetAvailablePackageVersionsResponse>(user, "GetAvailablePackageVersions", new GetAvailablePackageVersionsRequest { AvailablePackageRef = available }))
            .PackageAppVersions.Single().AppVersion.ShouldBe("2026.1");

        await CallAsync<CreateInstalledPackageResponse>(user, "CreateInstalledPackage", new CreateInstalledPackageRequest
        {
            AvailablePackageRef = available,
            TargetContext = Wire.In("team-a"),
            Name = "flux-report",
        });
        await user.UntilAsync("team-a", "flux-report", p => p.Status.Ready);
        (await CallAsync<GetInstalledPackageSummariesResponse>(user, "GetInstalledPackageSummaries", new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") }))
            .InstalledPackageSummaries.ShouldContain(p => p.Name == "flux-report");
        (await CallAsync<GetInstalledPackageResourceRefsResponse>(user, "GetInstalledPackageResourceRefs", new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = installed }))
            .ResourceRefs.Select(r => r.Kind).ShouldBe(["ConfigMap", "ServiceAccount"]);

        await CallAsync<UpdateInstalledPackageResponse>(user, "UpdateInstalledPackage", new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = installed,
            Values = "recipient: all@example.com",
            ReconciliationOptions = new ReconciliationOptions { Interval = "5m" },
        });
        await user.UntilAsync("team-a", "flux-report", p => p.Status.Ready && p.Status.UserReason.StartsWith("UpgradeSucceeded", StringComparison.Ordinal));
        var detail = await CallAsync<GetInstalledPackageDetailResponse>(user, "GetInstalledPackageDetail", new GetInstalledPackageDetailRequest { InstalledPackageRef = installed });
        detail.InstalledPackageDetail.ValuesApplied.ShouldBe("""{"recipient":"all@example.com"}""");
        detail.InstalledPackageDetail.ReconciliationOptions.Interval.ShouldBe("5m");

        await CallAsync<DeleteInstalledPackageResponse>(user, "DeleteInstalledPackage", new DeleteInstalledPackageRequest { InstalledPackageRef = installed });
    }

    [Fact]
    public async Task AReferenceToAnotherPluginIsRefused()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        var refused = await user.FailAsync(Packages.FindMethodByName("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest
        {
            InstalledPackageRef = new InstalledPackageReference { Context = Wire.In("team-a"), Identifier = "any", Plugin = new Plugin { Name = "unknown.packages", Version = "v1alpha1" } },
        });

        refused.Code.ShouldBe(RpcStatusCode.InvalidArgument);
        refused.Message.ShouldStartWith("installed_package_ref.plugin:");
    }

    [Fact]
    public async Task ThereIsNoMetadataBesideFluxPackages()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "flux-metadata", wego.SampleRepository);

        var refused = await user.FailAsync(
            Wire.Packages("GetAvailablePackageMetadatas"), new GetAvailablePackageMetadatasRequest { AvailablePackageRef = Wire.Available("team-a", "flux-metadata/counter") });

        refused.Code.ShouldBe(RpcStatusCode.Unimplemented);
    }

    private static Task<TResponse> CallAsync<TResponse>(User user, string method, IMessage request)
        where TResponse : class, IMessage<TResponse> => user.CallAsync<TResponse>(Packages.FindMethodByName(method), request);

    // The repository's grain watches its object: a change arrives there a moment after it was written.
    private static async Task<PackageRepositoryDetail> DetailAsync(User user, PackageRepositoryReference reference, Func<PackageRepositoryDetail, bool>? reached = null)
    {
        while (true)
        {
            var answer = await user.CallAsync<GetPackageRepositoryDetailResponse>(
                Repositories.FindMethodByName("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = reference });
            if (reached is null || reached(answer.Detail))
            {
                return answer.Detail;
            }
        }
    }
}
