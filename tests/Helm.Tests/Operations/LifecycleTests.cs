using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Plugins;

namespace Wego.Helm.Tests.Operations;

/// <summary>The way of a package, with the real Helm.</summary>
public sealed class LifecycleTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task A_package_is_installed_upgraded_rolled_back_and_deleted(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        scenario.Archives.Charts["1.1.0"] = TestChart.Create("1.1.0");

        await scenario.CreateAsync("1.0.0", "text: one\nmore: {a: 1}\n");
        var installed = (await scenario.InstalledAsync())!;
        installed.Ref.ShouldBe(scenario.Package);
        installed.Source.ShouldBe(scenario.Archive("1.0.0").Package);
        installed.Status.ShouldBe(new PackageStatus(true, PackageStatusReason.Installed, "deployed"));
        installed.CurrentVersion.ShouldBe(new PackageVersion("1.0.0", "7"));
        (await TextAsync(scenario)).ShouldBe("one");
        var detail = await scenario.DetailAsync();
        detail.ValuesApplied.ShouldBe("""{"more":{"a":1},"text":"one"}""");
        detail.PostInstallationNotes.ShouldContain($"Have fun with {scenario.Package.Name} 1.0.0.");
        InstalledPackageDetailCustomDataHelm.Parser.ParseFrom(detail.CustomDetail!.Value.AsSpan()).ReleaseRevision.ShouldBe(1);
        (await scenario.Format.ReadResourcesAsync(scenario.Package, await scenario.ObjectsAsync(), scenario.TeamA, Cancellation))
            .ShouldBe([new ResourceRef("v1", "ConfigMap", scenario.Package.Name, HelmScenario.Namespace)]);

        // Values replace the ones before.
        await scenario.UpdateAsync("1.1.0");
        (await TextAsync(scenario)).ShouldBe("default");
        (await scenario.DetailAsync()).ValuesApplied.ShouldBe("{}");
        (await scenario.InstalledAsync())!.CurrentVersion!.Version.ShouldBe("1.1.0");

        await scenario.RollbackAsync(0);
        (await TextAsync(scenario)).ShouldBe("one");
        await scenario.RollbackAsync(2);
        (await TextAsync(scenario)).ShouldBe("default");
        var history = scenario.Format.ReadHistory(scenario.Package, await scenario.ObjectsAsync());
        history.Select(r => (r.Revision, r.Version!.Version, r.Status.UserReason, r.Description)).ShouldBe(
        [
            (4, "1.1.0", "deployed", "Rollback to 2"),
            (3, "1.0.0", "superseded", "Rollback to 1"),
            (2, "1.1.0", "superseded", "Upgrade complete"),
            (1, "1.0.0", "superseded", "Install complete"),
        ]);

        await scenario.DeleteAsync();
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
        (await scenario.FindAsync("", "v1", "configmaps", scenario.Package.Name)).ShouldBeNull();
    }

    private static async Task<string> TextAsync(HelmScenario scenario) =>
        (await scenario.FindAsync("", "v1", "configmaps", scenario.Package.Name))!.Text("data", "text");
}
