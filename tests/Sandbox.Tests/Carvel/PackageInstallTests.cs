using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Carvel;

namespace Wego.Sandbox.Tests.Carvel;

/// <summary>What the stand-in makes of a PackageInstall.</summary>
public sealed class PackageInstallTests
{
    private static readonly GroupVersionResource s_deployments = new("apps", "v1", "deployments");

    [Fact]
    public async Task A_package_is_installed_upgraded_and_deleted()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.PutValues("web-values", "replicas: 2\ngreeting: Hi");

        carvel.Install("web", "greeter", ">=1.0.0 <1.1.0", "  values: [{secretRef: {name: web-values}}]");
        var installed = await carvel.InstalledAsync("web", "1.0.0");

        installed.Text("status", "version").ShouldBe("1.0.0");
        var app = carvel.Store.Get(CarvelResources.Apps, "team-a", "web")!;
        app.Text("spec", "syncPeriod").ShouldBe("10m");
        var record = carvel.Store.Get(Kinds.ConfigMaps, "team-a", "web.app")!;
        var spec = JsonNode.Parse(record.Text("data", "spec"))!;
        record.Label("kapp.k14s.io/is-app").ShouldBe("");
        spec["lastChange"]!["namespaces"]!.ToJsonString().ShouldBe("""["team-a"]""");
        spec["usedGKs"]!.ToJsonString().ShouldBe("""[{"Group":"","Kind":"ConfigMap"},{"Group":"","Kind":"Service"},{"Group":"apps","Kind":"Deployment"}]""");
        app.Text("status", "deploy", "kapp", "associatedResources", "label").ShouldBe($"kapp.k14s.io/app={spec["labelValue"]}");
        carvel.Store.Get(s_deployments, "team-a", "web")!.Find("spec", "replicas").GetInt32().ShouldBe(2);
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "web")!.Label("kapp.k14s.io/app").ShouldBe(spec["labelValue"]!.GetValue<string>());

        carvel.Store.Update(CarvelResources.PackageInstalls, "team-a", "web", b => b["spec"]!["packageRef"]!["versionSelection"]!["constraints"] = ">=1.0.0");
        await carvel.InstalledAsync("web", "2.0.0");
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "web")!.Text("data", "version").ShouldBe("2.0.0");

        carvel.Store.Delete(CarvelResources.PackageInstalls, "team-a", "web");
        await carvel.GoneAsync(CarvelResources.PackageInstalls, "team-a", "web");
        carvel.Store.Get(CarvelResources.Apps, "team-a", "web").ShouldBeNull();
        carvel.Store.Get(s_deployments, "team-a", "web").ShouldBeNull();
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "web.app").ShouldBeNull();
    }

    [Fact]
    public async Task Changed_values_are_deployed()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.PutValues("values", "message: one");
        carvel.Install("motd", "motd", "0.1.0", "  values: [{secretRef: {name: values}}]");
        await carvel.InstalledAsync("motd", "0.1.0");
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "motd")!.Text("data", "motd").ShouldBe("one");

        carvel.PutValues("values", "message: two");

        await carvel.WaitAsync(Kinds.ConfigMaps, "team-a", "motd", o => o.Text("data", "motd") == "two");
        await carvel.InstalledAsync("motd", "0.1.0");
    }

    [Theory]
    [InlineData("massage: typo", "found: the key 'massage', expected: one of the keys 'name', 'message'")]
    [InlineData("message: 3", "found: integer at 'message', expected: string")]
    [InlineData("message: [", "ytt: Error: Unmarshaling YAML template 'values.yaml'")]
    public async Task Values_that_do_not_fit_fail_and_better_ones_repair_it(string values, string message)
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.PutValues("values", values);

        carvel.Install("motd", "motd", "0.1.0", "  values: [{secretRef: {name: values}}]");

        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "motd", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain(message);
        failed.Text("status", "lastAttemptedVersion").ShouldBe("0.1.0");
        carvel.Store.Get(CarvelResources.Apps, "team-a", "motd")!.Text("status", "template", "stderr").ShouldContain(message);

        carvel.PutValues("values", "message: better");
        var repaired = await carvel.InstalledAsync("motd", "0.1.0");
        repaired.Text("status", "usefulErrorMessage").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_service_account_nothing_is_deployed_until_there_is_one()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();

        carvel.Install("motd", "motd", "0.1.0", account: "installer");

        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "motd", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain("serviceaccounts \"installer\" not found");
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "motd").ShouldBeNull();

        carvel.Store.CreateYaml("{apiVersion: v1, kind: ServiceAccount, metadata: {name: installer, namespace: team-a}}");
        await carvel.InstalledAsync("motd", "0.1.0");
    }

    [Theory]
    [InlineData("greeter", "9.9.9", "Expected to find at least one version, but did not (details: all=3 -> ")]
    [InlineData("motd", ">0.1.0", "details: all=2 -> after-prereleases-filter=1 -> ")]
    [InlineData("unknown", "1.0.0", "details: all=0 -> ")]
    public async Task A_version_that_is_not_there_fails(string package, string constraints, string message)
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();

        carvel.Install("app", package, constraints);

        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "app", "ReconcileFailed");
        failed.Find("status", "conditions")[0].GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Fact]
    public async Task A_package_that_comes_later_is_installed_then()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        carvel.Install("motd", "motd", "0.1.0");
        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "motd", "ReconcileFailed");
        failed.Find("status", "conditions")[0].GetProperty("message").GetString().ShouldBe("Package motd.packages.example.com not found");

        await carvel.AddSamplesAsync(CarvelResources.GlobalNamespace);

        await carvel.InstalledAsync("motd", "0.1.0");
    }

    [Fact]
    public async Task A_pre_release_is_taken_where_it_is_asked_for()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();

        carvel.Install("exact", "motd", "0.2.0-rc.1");
        carvel.Store.CreateYaml(
            """
            apiVersion: packaging.carvel.dev/v1alpha1
            kind: PackageInstall
            metadata: {name: any, namespace: team-a}
            spec:
              serviceAccountName: default
              packageRef: {refName: motd.packages.example.com, versionSelection: {constraints: ">=0.1.0", prereleases: {identifiers: [rc]}}}
            """);

        await carvel.InstalledAsync("exact", "0.2.0-rc.1");
        await carvel.InstalledAsync("any", "0.2.0-rc.1");
    }

    [Fact]
    public async Task A_downgrade_needs_its_annotation()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.Install("web", "greeter", "2.0.0");
        await carvel.InstalledAsync("web", "2.0.0");

        carvel.Store.Update(CarvelResources.PackageInstalls, "team-a", "web", b => b["spec"]!["packageRef"]!["versionSelection"]!["constraints"] = "1.0.0");
        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "web", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldStartWith("Stopped installing matched version '1.0.0' since last attempted version '2.0.0' is higher.");

        carvel.Store.Update(CarvelResources.PackageInstalls, "team-a", "web", b => b["metadata"]!["annotations"] = new JsonObject { ["packaging.carvel.dev/downgradable"] = "" });
        await carvel.InstalledAsync("web", "1.0.0");
    }

    [Fact]
    public async Task A_paused_install_is_not_deployed()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();

        carvel.Install("motd", "motd", "0.1.0", "  paused: true");
        await carvel.WaitAsync(CarvelResources.Apps, "team-a", "motd", a => a.Text("status", "friendlyDescription") == "Canceled/paused");
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "motd").ShouldBeNull();

        carvel.Store.Update(CarvelResources.PackageInstalls, "team-a", "motd", b => b["spec"]!["paused"] = false);
        await carvel.InstalledAsync("motd", "0.1.0");
    }

    [Fact]
    public async Task Objects_of_another_app_are_not_taken_over()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.PutValues("values", "name: shared");
        carvel.Install("first", "motd", "0.1.0", "  values: [{secretRef: {name: values}}]");
        await carvel.InstalledAsync("first", "0.1.0");

        carvel.Install("second", "motd", "0.1.0", "  values: [{secretRef: {name: values}}]");

        var failed = await carvel.StateAsync(CarvelResources.PackageInstalls, "team-a", "second", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain("Ownership errors");
    }

    [Fact]
    public async Task What_is_no_longer_part_of_the_package_goes()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.PutValues("values", "name: before");
        carvel.Install("motd", "motd", "0.1.0", "  values: [{secretRef: {name: values}}]");
        await carvel.InstalledAsync("motd", "0.1.0");

        carvel.PutValues("values", "name: after");

        await carvel.WaitAsync(Kinds.ConfigMaps, "team-a", "after", _ => true);
        await carvel.GoneAsync(Kinds.ConfigMaps, "team-a", "before");
    }
}
