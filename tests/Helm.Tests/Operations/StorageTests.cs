using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Operations;

public sealed class StorageTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task A_release_stays_where_it_is_kept(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm, options => options.Storages.Add(HelmStorage.ConfigMaps));
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        await scenario.CreateAsync("1.0.0", "text: one");
        (await scenario.ObjectsAsync()).ShouldHaveSingleItem().Kind.ShouldBe("ConfigMap");
        (await scenario.DetailAsync()).ValuesApplied.ShouldBe("""{"text":"one"}""");

        // With both storages in use, secrets are where new releases go; this one is found and left where it is.
        using var both = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm, package: scenario.Package);
        both.Archives.Charts["1.0.0"] = scenario.Archives.Charts["1.0.0"];
        await both.UpdateAsync("1.0.0");
        (await both.ObjectsAsync()).Select(o => o.Kind).ShouldBe(["ConfigMap", "ConfigMap"]);
        await both.RollbackAsync(0);
        (await both.InstalledAsync())!.Revision.ShouldBe(3);

        await both.DeleteAsync();
        (await both.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task The_history_is_limited(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm, options => options.HistoryMax = 2);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        await scenario.CreateAsync("1.0.0");
        await scenario.UpdateAsync("1.0.0");
        await scenario.UpdateAsync("1.0.0");

        scenario.Format.ReadHistory(scenario.Package, await scenario.ObjectsAsync()).Select(r => r.Revision).ShouldBe([3, 2]);
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm]
    public async Task A_repository_that_fits_no_label_is_forgotten(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        await scenario.CreateAsync("1.0.0");
        (await scenario.InstalledAsync())!.Source.ShouldNotBeNull();

        var archive = scenario.Archive("1.0.0", new string('r', 64));
        await scenario.Format.UpdateAsync(new Wego.Plugins.UpdateInstalledPackage { Ref = scenario.Package, Archive = archive }, scenario.TeamA, Cancellation);

        var installed = (await scenario.InstalledAsync())!;
        installed.Source.ShouldBeNull();
        installed.Origin.ShouldBe(new Wego.Plugins.PackageOrigin("demo", "1.0.0", "7", "https://example.com/demo", "A demo"));
        await scenario.DeleteAsync();
    }
}
