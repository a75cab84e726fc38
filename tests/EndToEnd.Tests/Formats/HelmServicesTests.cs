using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Packages.V1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd.Formats;

/// <summary>What only Helm can: going back to a revision, telling the history, and telling what would change.</summary>
[Trait(Needs.Trait, Needs.Helm)]
public sealed class HelmServicesTests
{
    [Fact]
    public async Task AReleaseIsPreviewedInstalledUpgradedAndRolledBack()
    {
        Assert.SkipWhen(HelmPrograms.MissingReason() is not null, HelmPrograms.MissingReason() ?? "");
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, $"Wego:Helm:Executable={HelmPrograms.All[0]}");
        using var user = wego.User(SandboxTokens.TeamA);
        var helm = FormatCase.All(wego.Sample).Single(f => f.Plugin.Name == "helm.packages");
        await user.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), helm.Add("team-a", "charts"));
        var create = new CreateInstalledPackageRequest
        {
            AvailablePackageRef = helm.Available("team-a", "charts"),
            TargetContext = Wire.In("team-a"),
            Name = "web",
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            Values = "replicas: 2\n",
        };

        var before = await PreviewAsync(user, new PreviewInstalledPackageRequest { Create = create });
        before.Changes.ShouldAllBe(c => c.Type == Wego.Packages.V1.ResourceChange.Types.Type.Added);
        before.Changes.Select(c => c.ResourceRef.Kind).Order(StringComparer.Ordinal).ShouldBe(["ConfigMap", "Deployment", "Service"]);
        (await user.FailAsync(Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = helm.Installed("team-a", "web") }))
            .Code.ShouldBe(RpcStatusCode.NotFound);

        await user.CallAsync<CreateInstalledPackageResponse>(Wire.Packages("CreateInstalledPackage"), create);
        var update = new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = helm.Installed("team-a", "web"),
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            Values = "replicas: 3\n",
        };
        var change = (await PreviewAsync(user, new PreviewInstalledPackageRequest { Update = update })).Changes.ShouldHaveSingleItem();
        (change.ResourceRef.Kind, change.Type).ShouldBe(("Deployment", Wego.Packages.V1.ResourceChange.Types.Type.Changed));
        change.Diff.ShouldContain("-  replicas: 2");
        change.Diff.ShouldContain("+  replicas: 3");
        await user.CallAsync<UpdateInstalledPackageResponse>(Wire.Packages("UpdateInstalledPackage"), update);

        var rollback = HelmReflection.Descriptor.Services.Single(s => s.Name == "HelmPackagesService").FindMethodByName("RollbackInstalledPackage");
        await user.CallAsync<RollbackInstalledPackageResponse>(rollback, new RollbackInstalledPackageRequest { InstalledPackageRef = helm.Installed("team-a", "web"), ReleaseRevision = 1 });
        await RevisionAsync(user, helm, 3, """{"replicas":2}""");

        var revisions = await user.CallAsync<ListInstalledPackageRevisionsResponse>(
            Wire.Events("ListInstalledPackageRevisions"), new ListInstalledPackageRevisionsRequest { InstalledPackageRef = helm.Installed("team-a", "web") });
        revisions.Revisions.Select(r => (r.Revision, r.Status.UserReason)).ShouldBe([(3, "deployed"), (2, "superseded"), (1, "superseded")]);
        revisions.Revisions[0].Description.ShouldBe("Rollback to 1");

        (await user.FailAsync(rollback, new RollbackInstalledPackageRequest { InstalledPackageRef = helm.Installed("team-a", "absent") })).Code.ShouldBe(RpcStatusCode.NotFound);
        using var viewer = wego.User(SandboxTokens.Viewer);
        (await viewer.FailAsync(rollback, new RollbackInstalledPackageRequest { InstalledPackageRef = helm.Installed("team-a", "web"), ReleaseRevision = 1 }))
            .Code.ShouldBe(RpcStatusCode.PermissionDenied);

        var delete = await PreviewAsync(user, new PreviewInstalledPackageRequest { Delete = new DeleteInstalledPackageRequest { InstalledPackageRef = helm.Installed("team-a", "web") } });
        delete.Manifest.ShouldBeEmpty();
        delete.Changes.ShouldAllBe(c => c.Type == Wego.Packages.V1.ResourceChange.Types.Type.Removed);
    }

    private static Task<PreviewInstalledPackageResponse> PreviewAsync(User user, PreviewInstalledPackageRequest request) =>
        user.CallAsync<PreviewInstalledPackageResponse>(Wire.Events("PreviewInstalledPackage"), request);

    // The package's grain watches the release: a change arrives there a moment after it was written.
    private static async Task RevisionAsync(User user, FormatCase helm, int revision, string values)
    {
        while (true)
        {
            var detail = (await user.CallAsync<GetInstalledPackageDetailResponse>(
                Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = helm.Installed("team-a", "web") })).InstalledPackageDetail;
            if (InstalledPackageDetailCustomDataHelm.Parser.ParseFrom(detail.CustomDetail.Value).ReleaseRevision == revision)
            {
                detail.ValuesApplied.ShouldBe(values);
                return;
            }
        }
    }
}
