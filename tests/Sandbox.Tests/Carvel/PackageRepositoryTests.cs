using Wego.Sandbox.Carvel;

namespace Wego.Sandbox.Tests.Carvel;

/// <summary>What the stand-in makes of a PackageRepository.</summary>
public sealed class PackageRepositoryTests
{
    [Fact]
    public async Task An_archive_becomes_packages_that_name_their_repository()
    {
        await using var carvel = await CarvelFixture.StartAsync();

        await carvel.AddSamplesAsync();

        var packages = carvel.Store.List(CarvelResources.Packages, "team-a");
        packages.Select(p => p.Name).ShouldBe(
            ["greeter.packages.example.com.1.0.0", "greeter.packages.example.com.1.1.0", "greeter.packages.example.com.2.0.0", "motd.packages.example.com.0.1.0", "motd.packages.example.com.0.2.0-rc.1"]);
        packages.ShouldAllBe(p => p.Annotation("packaging.carvel.dev/package-repository-ref") == "team-a/samples");
        packages[0].Text("spec", "version").ShouldBe("1.0.0");
        carvel.Store.List(CarvelResources.PackageMetadatas, "team-a").Select(m => m.Text("spec", "displayName")).ShouldBe(["Greeter", "Message of the day"]);
    }

    [Fact]
    public async Task Packages_leave_with_their_repository()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        carvel.Store.CreateYaml(
            """
            apiVersion: data.packaging.carvel.dev/v1alpha1
            kind: PackageMetadata
            metadata: {name: own.packages.example.com, namespace: team-a}
            spec: {displayName: Somebody's own}
            """);

        carvel.Store.Delete(CarvelResources.PackageRepositories, "team-a", "samples");
        await carvel.GoneAsync(CarvelResources.PackageRepositories, "team-a", "samples");

        carvel.Store.List(CarvelResources.Packages).ShouldBeEmpty();
        carvel.Store.List(CarvelResources.PackageMetadatas).Select(m => m.Name).ShouldBe(["own.packages.example.com"]);
    }

    [Fact]
    public async Task Inline_content_replaces_what_was_there()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();

        carvel.Store.Update(CarvelResources.PackageRepositories, "team-a", "samples", body => body["spec"]!["fetch"] = new System.Text.Json.Nodes.JsonObject
        {
            ["inline"] = new System.Text.Json.Nodes.JsonObject
            {
                ["paths"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["packages/one.yml"] = "apiVersion: data.packaging.carvel.dev/v1alpha1\nkind: PackageMetadata\nmetadata: {name: one.example.com}\nspec: {displayName: One}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: not-a-package}",
                },
            },
        });
        await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "samples", "ReconcileSucceeded");

        carvel.Store.List(CarvelResources.Packages).ShouldBeEmpty();
        carvel.Store.List(CarvelResources.PackageMetadatas).Select(m => m.Name).ShouldBe(["one.example.com"]);
        carvel.Store.Get(Kinds.ConfigMaps, "team-a", "not-a-package").ShouldBeNull();
    }

    [Theory]
    [InlineData("{http: {url: 'http://127.0.0.1:1/packages.tgz'}}", "vendir: Error: ")]
    [InlineData("{http: {url: 'ftp://example.com/packages.tgz'}}", "no http or https address")]
    [InlineData("{imgpkgBundle: {image: registry.example.com/packages}}", "not 'imgpkgBundle'")]
    [InlineData("{inline: {paths: {packages/a.yml: 'a: [b'}}}", "ytt: Error: ")]
    public async Task What_cannot_be_had_is_said_in_the_useful_message(string fetch, string message)
    {
        await using var carvel = await CarvelFixture.StartAsync();

        carvel.AddRepository(fetch);

        var failed = await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "samples", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain(message);
        failed.Find("status", "conditions")[0].GetProperty("message").GetString().ShouldBe("Error (see .status.usefulErrorMessage for details)");
        failed.Text("status", "friendlyDescription").ShouldStartWith("Reconcile failed: ");
    }

    [Fact]
    public async Task Content_without_packages_is_refused()
    {
        await using var carvel = await CarvelFixture.StartAsync();

        carvel.AddRepository("{inline: {paths: {README.md: hello}}}");

        var failed = await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "samples", "ReconcileFailed");
        failed.Find("status", "conditions")[0].GetProperty("message").GetString().ShouldBe("Invalid package repository content: must contain 'packages/' directory but did not");
        failed.Text("status", "usefulErrorMessage").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_digest_is_refused()
    {
        await using var carvel = await CarvelFixture.StartAsync();

        carvel.AddRepository($"{{http: {{url: '{carvel.Samples}', sha256: '00'}}}}");

        var failed = await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "samples", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain("Expected digest to match '00'");
    }

    [Fact]
    public async Task A_package_that_another_repository_offers_otherwise_is_a_conflict()
    {
        await using var carvel = await CarvelFixture.StartAsync();
        await carvel.AddSamplesAsync();
        const string Different = "apiVersion: data.packaging.carvel.dev/v1alpha1\\nkind: PackageMetadata\\nmetadata: {name: motd.packages.example.com}\\nspec: {displayName: Other}";

        carvel.AddRepository($"{{http: {{url: '{carvel.Samples}'}}}}", name: "same");
        carvel.AddRepository($"{{inline: {{paths: {{packages/motd.yml: \"{Different}\"}}}}}}", name: "other");

        await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "same", "ReconcileSucceeded");
        var failed = await carvel.StateAsync(CarvelResources.PackageRepositories, "team-a", "other", "ReconcileFailed");
        failed.Text("status", "usefulErrorMessage").ShouldContain("PackageMetadata/motd.packages.example.com is already present but not identical");
        carvel.Store.Get(CarvelResources.PackageMetadatas, "team-a", "motd.packages.example.com")!.Text("spec", "displayName").ShouldBe("Message of the day");
    }

    [Fact]
    public async Task A_paused_repository_is_left_alone()
    {
        await using var carvel = await CarvelFixture.StartAsync();

        carvel.Store.CreateYaml(
            $$"""
            apiVersion: packaging.carvel.dev/v1alpha1
            kind: PackageRepository
            metadata: {name: samples, namespace: team-a}
            spec: {paused: true, fetch: {http: {url: "{{carvel.Samples}}"} } }
            """);

        await carvel.WaitAsync(CarvelResources.PackageRepositories, "team-a", "samples", o => o.Text("status", "friendlyDescription") == "Paused");
        carvel.Store.List(CarvelResources.Packages).ShouldBeEmpty();
    }
}
