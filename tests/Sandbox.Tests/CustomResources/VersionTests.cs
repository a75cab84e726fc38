using System.Net;
using System.Text.Json.Nodes;

namespace Wego.Sandbox.Tests.CustomResources;

public sealed class VersionTests
{
    [Fact]
    public async Task An_object_is_served_in_every_version_and_stored_in_one()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Manifests = [Kinds.ThingDefinition] }, TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);

        var (code, created) = await client.PostAsync(
            "/apis/example.com/v1beta1/namespaces/default/things",
            """{ "apiVersion": "example.com/v1beta1", "kind": "Thing", "metadata": { "name": "a" }, "spec": { "size": 3 } }""");

        code.ShouldBe(HttpStatusCode.Created);
        created["apiVersion"]!.GetValue<string>().ShouldBe("example.com/v1beta1");
        (await client.GetAsync("/apis/example.com/v1/namespaces/default/things/a")).Body["apiVersion"]!.GetValue<string>().ShouldBe("example.com/v1");
        (await client.GetAsync("/apis/example.com")).Body["preferredVersion"]!["version"]!.GetValue<string>().ShouldBe("v1");
    }

    [Fact]
    public async Task The_real_definitions_load_and_default_and_validate()
    {
        var folder = TestPaths.Shared("crds");
        Assert.SkipWhen(folder is null, "the definitions of Flux and Carvel are not among the shared test data (folder crds)");
        var manifests = Directory.GetFiles(folder!, "*.yaml").Select(File.ReadAllText).ToArray();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Manifests = manifests }, TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        const string releases = "/apis/helm.toolkit.fluxcd.io/v2/namespaces/default/helmreleases";

        var (code, refused) = await client.PostAsync(releases, """{ "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "a" }, "spec": { "interval": "soon" } }""");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused["details"]!["causes"]!.AsArray().Select(c => c!["field"]!.GetValue<string>()).ShouldContain("spec.interval");

        (code, var created) = await client.PostAsync(
            releases,
            """
            { "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "a" },
              "spec": { "interval": "5m", "unknown": 1, "values": { "any": { "thing": [1, null] } },
                        "chart": { "spec": { "chart": "x", "sourceRef": { "kind": "HelmRepository", "name": "r" } } } } }
            """);
        code.ShouldBe(HttpStatusCode.Created);
        created["spec"]!["unknown"].ShouldBeNull();
        created["spec"]!["chart"]!["spec"]!["version"]!.GetValue<string>().ShouldBe("*");
        JsonNode.DeepEquals(created["spec"]!["values"], JsonNode.Parse("""{ "any": { "thing": [1, null] } }""")).ShouldBeTrue();
        created["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1);
    }
}
