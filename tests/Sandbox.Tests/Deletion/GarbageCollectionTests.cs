using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Tests.Deletion;

public sealed class GarbageCollectionTests
{
    [Fact]
    public async Task What_an_object_owns_goes_with_it_down_the_chain()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var top = Create(server, "top");
        var middle = Create(server, "middle", owners: [top]);
        Create(server, "bottom", owners: [middle]);

        server.Store.Delete(Kinds.ConfigMaps, "default", "top").ShouldBeTrue();

        server.Store.List(Kinds.ConfigMaps, "default").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_another_owner_stays_and_loses_the_reference()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var one = Create(server, "one");
        var two = Create(server, "two");
        Create(server, "shared", owners: [one, two]);

        server.Store.Delete(Kinds.ConfigMaps, "default", "one");

        var shared = server.Store.Get(Kinds.ConfigMaps, "default", "shared").ShouldNotBeNull();
        shared.Find("metadata", "ownerReferences").EnumerateArray().Single().GetProperty("uid").GetString().ShouldBe(two.Uid);
    }

    [Fact]
    public async Task A_finalizer_holds_an_object_and_its_namespace()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        server.Store.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = "doomed" } });
        Create(server, "held", @namespace: "doomed", finalizer: "example.com/hold");
        Create(server, "free", @namespace: "doomed");

        server.Store.Delete(Kinds.Namespaces, "", "doomed");

        server.Store.Get(Kinds.Namespaces, "", "doomed")!.Text("status", "phase").ShouldBe("Terminating");
        server.Store.List(Kinds.ConfigMaps, "doomed").Select(o => o.Name).ShouldBe(["held"]);
        Should.Throw<SandboxException>(() => Create(server, "late", @namespace: "doomed")).Status.ShouldBe(403);

        server.Store.Update(Kinds.ConfigMaps, "doomed", "held", body => body["metadata"]!.AsObject().Remove("finalizers"));

        server.Store.Get(Kinds.Namespaces, "", "doomed").ShouldBeNull();
    }

    [Fact]
    public async Task A_definition_takes_its_objects_along()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Manifests = [Kinds.ThingDefinition] }, TestContext.Current.CancellationToken);
        server.Store.CreateYaml("{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}");

        server.Store.Delete(new GroupVersionResource("apiextensions.k8s.io", "v1", "customresourcedefinitions"), "", "things.example.com");

        Should.Throw<SandboxException>(() => server.Store.List(Kinds.Things)).Status.ShouldBe(404);
        server.Store.CreateYaml(Kinds.ThingDefinition);
        server.Store.List(Kinds.Things).ShouldBeEmpty();
    }

    private static KubernetesObject Create(SandboxServer server, string name, KubernetesObject[]? owners = null, string @namespace = "default", string? finalizer = null)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = @namespace };
        metadata["ownerReferences"] = new JsonArray([.. (owners ?? []).Select(o => new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["name"] = o.Name, ["uid"] = o.Uid })]);
        metadata["finalizers"] = finalizer is null ? [] : new JsonArray(finalizer);
        return server.Store.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = metadata });
    }
}
