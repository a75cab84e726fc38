using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>What somebody wrote is there when they look, at once and in every answer.</summary>
public sealed class ReadYourWritesTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    [Fact]
    public async Task ARepositoryAndAPackageAreThereAsSoonAsTheyAreAnswered()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        for (var i = 0; i < 15; i++)
        {
            var name = $"at-once-{i}";
            await user.AddRepositoryAsync("team-a", name, wego.SampleRepository);
            (await user.RepositoryAsync("team-a", name)).Name.ShouldBe(name);
            (await user.PageAsync(0, "", new FilterOptions { Repositories = { name } })).AvailablePackageSummaries.Count.ShouldBe(3);

            await user.InstallAsync("team-a", name, $"{name}/counter");
            var detail = await user.CallAsync<GetInstalledPackageDetailResponse>(
                Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", name) });
            detail.InstalledPackageDetail.Name.ShouldBe(name);
            (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Select(p => p.Name).ShouldContain(name);
        }
    }

    [Fact]
    public async Task NothingIsLostWhenTheServerStartsAnew()
    {
        await using var own = await WegoFixture.StartAsync(beforeStart: null);
        using (var user = own.User(SandboxTokens.TeamA))
        {
            await user.AddRepositoryAsync("team-a", "kept", own.SampleRepository);
            await user.InstallAsync("team-a", "kept", "kept/counter");
            await user.UntilReadyAsync("team-a", "kept");
        }

        await own.RestartWegoAsync();
        using var again = own.User(SandboxTokens.TeamA);
        var kept = (await again.InstalledAsync()).InstalledPackageSummaries.ShouldHaveSingleItem();
        kept.Status.Ready.ShouldBeTrue();
        kept.LatestVersion.PkgVersion.ShouldBe("0.3.1");
        (await again.PageAsync()).AvailablePackageSummaries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task ARemovedRepositoryIsGoneAsSoonAsThatIsAnswered()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        for (var i = 0; i < 15; i++)
        {
            var name = $"gone-{i}";
            await user.AddRepositoryAsync("team-a", name, wego.SampleRepository);
            (await user.PageAsync(0, "", new FilterOptions { Repositories = { name } })).AvailablePackageSummaries.Count.ShouldBe(3);
            await user.RemoveRepositoryAsync("team-a", name);
            (await user.PageAsync(0, "", new FilterOptions { Repositories = { name } })).AvailablePackageSummaries.ShouldBeEmpty();
            (await user.FailAsync(Wire.Repositories("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = Wire.Repository("team-a", name) }))
                .Code.ShouldBe(RpcStatusCode.NotFound);
        }
    }
}
