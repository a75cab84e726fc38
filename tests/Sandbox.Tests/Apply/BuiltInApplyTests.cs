using System.Net;
using System.Text.Json.Nodes;

namespace Wego.Sandbox.Tests.Apply;

public sealed class BuiltInApplyTests
{
    private const string Path = "/apis/apps/v1/namespaces/default/deployments/web";

    [Fact]
    public async Task Containers_and_their_ports_belong_to_who_applies_them()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        (await client.ApplyAsync(Path, "one", Deployment("""{ "name": "web", "image": "a", "ports": [{ "containerPort": 80 }] }"""))).Code.ShouldBe(HttpStatusCode.Created);

        var (code, body) = await client.ApplyAsync(Path, "two", Deployment("""{ "name": "side", "image": "b" }"""));
        code.ShouldBe(HttpStatusCode.OK);
        Containers(body).ShouldBe(["web", "side"]);

        (_, body) = await client.ApplyAsync(Path, "one", Deployment("""{ "name": "web", "image": "c" }"""));
        Containers(body).ShouldBe(["web", "side"]);
        body["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"].ShouldBeNull("the port was applied before and is not any more");
        body["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().ShouldBe("c");
    }

    [Fact]
    public async Task A_conflict_names_the_path_through_the_list()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        await client.ApplyAsync(Path, "one", Deployment("""{ "name": "web", "image": "a" }"""));

        var (code, body) = await client.ApplyAsync(Path, "two", Deployment("""{ "name": "web", "image": "b" }"""));

        code.ShouldBe(HttpStatusCode.Conflict);
        body["details"]!["causes"]![0]!["field"]!.GetValue<string>().ShouldBe(""".spec.template.spec.containers[name="web"].image""");
        body["details"]!["causes"]![0]!["message"]!.GetValue<string>().ShouldBe("conflict with \"one\"");
    }

    [Fact]
    public async Task Replicas_given_up_by_the_applier_stay_with_the_scaler()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server);
        const string container = """{ "name": "web", "image": "a" }""";
        await client.ApplyAsync(Path, "one", Deployment(container, """ "replicas": 2, """));
        (await client.SendAsync(HttpMethod.Patch, $"{Path}/scale?fieldManager=scaler", """{ "spec": { "replicas": 5 } }""", "application/merge-patch+json")).Code.ShouldBe(HttpStatusCode.OK);

        (await client.ApplyAsync(Path, "one", Deployment(container, """ "replicas": 2, """))).Code.ShouldBe(HttpStatusCode.Conflict);
        var (code, body) = await client.ApplyAsync(Path, "one", Deployment(container));

        code.ShouldBe(HttpStatusCode.OK);
        body["spec"]!["replicas"]!.GetValue<int>().ShouldBe(5);
    }

    private static string[] Containers(JsonNode body) =>
        [.. body["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => c!["name"]!.GetValue<string>())];

    private static string Deployment(string container, string extra = "") =>
        $$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" }, "spec": { {{extra}}
          "selector": { "matchLabels": { "app": "web" } },
          "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [{{container}}] } } } }
        """;
}
