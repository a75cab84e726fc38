using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Kubectl;

/// <summary>What people type. kubectl is a client that nobody here wrote, and a demanding one.</summary>
public sealed class KubectlTests(TestServers servers) : ContractTest(servers)
{
    private const string Deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
              - name: web
                image: example.test/web:1
        """;

    [Theory, EachServer(Kubectl = true)]
    public async Task Version_and_resources_are_shown(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var kubectl = As(api, api.Server.Identities.Admin);

        (await kubectl.RunAsync("version --short")).ShouldContain("Server Version: v1.");
        var resources = (await kubectl.RunAsync("api-resources --no-headers")).Split('\n').Select(line => line.Split(' ')[0]).ToArray();
        foreach (var name in (string[])["configmaps", "deployments", "customresourcedefinitions", "widgets"])
        {
            resources.ShouldContain(name);
        }
    }

    [Theory, EachServer(Kubectl = true)]
    public async Task Objects_are_created_listed_labelled_and_deleted(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var kubectl = As(api, api.Server.Identities.Admin);

        (await kubectl.RunAsync("create configmap settings --from-literal=a=1")).ShouldBe("configmap/settings created");
        (await kubectl.FailAsync("create configmap settings")).ShouldContain("(AlreadyExists): configmaps \"settings\" already exists");
        (await kubectl.RunAsync("get cm settings -o jsonpath={.data.a}")).ShouldBe("1");
        (await kubectl.RunAsync("get cm settings --no-headers")).ShouldMatch(@"^settings +1 +\S+$");
        (await kubectl.RunAsync("label cm settings app=x")).ShouldBe("configmap/settings labeled");
        (await kubectl.RunAsync("get cm -l app=x -o name")).ShouldBe("configmap/settings");
        (await kubectl.RunAsync("annotate cm settings note=y")).ShouldBe("configmap/settings annotated");
        (await kubectl.RunAsync("""patch cm settings -p {\"data\":{\"b\":\"2\"}}""")).ShouldBe("configmap/settings patched");
        (await kubectl.RunAsync("describe cm settings")).ShouldContain("Annotations:  note: y");
        (await kubectl.RunAsync("delete cm settings")).ShouldBe("configmap \"settings\" deleted");
        (await kubectl.FailAsync("get cm settings")).ShouldContain("(NotFound): configmaps \"settings\" not found");
    }

    [Theory, EachServer(Kubectl = true)]
    public async Task Apply_creates_leaves_alone_and_changes(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var kubectl = As(api, api.Server.Identities.Admin);

        (await kubectl.RunAsync("apply -f -", Deployment)).ShouldBe("deployment.apps/web created");
        (await kubectl.RunAsync("apply -f -", Deployment)).ShouldBe("deployment.apps/web unchanged");
        (await kubectl.RunAsync("apply -f -", Deployment.Replace("web:1", "web:2", StringComparison.Ordinal))).ShouldBe("deployment.apps/web configured");
        (await kubectl.RunAsync("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}")).ShouldBe("example.test/web:2");
        (await kubectl.RunAsync("scale deployment web --replicas=3")).ShouldBe("deployment.apps/web scaled");
        (await kubectl.RunAsync("get deployment web --no-headers")).ShouldMatch(@"^web +0/3 ");
    }

    [Theory, EachServer(Kubectl = true)]
    public async Task Server_side_apply_reports_conflicts(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var kubectl = As(api, api.Server.Identities.Admin);
        const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: \"1\"\n";

        (await kubectl.RunAsync("apply --server-side --field-manager=one -f -", Map)).ShouldBe("configmap/a serverside-applied");
        var conflict = await kubectl.FailAsync("apply --server-side --field-manager=two -f -", Map.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        conflict.ShouldContain("Apply failed with 1 conflict: conflict with \"one\"");
        conflict.ShouldContain(".data.a");
        (await kubectl.RunAsync("apply --server-side --force-conflicts --field-manager=two -f -", Map.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)))
            .ShouldBe("configmap/a serverside-applied");
    }

    [Theory, EachServer(Kubectl = true)]
    public async Task Custom_resources_are_shown_with_their_columns_and_waited_for(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var kubectl = As(api, api.Server.Identities.Admin);
        (await kubectl.RunAsync("apply -f -", $"apiVersion: {WidgetDefinition.Group}/v1\nkind: Widget\nmetadata:\n  name: w\nspec:\n  size: 3\n"))
            .ShouldBe($"widget.{WidgetDefinition.Group}/w created");

        var table = (await kubectl.RunAsync("get wd")).Split('\n');
        table[0].ShouldMatch("^NAME +SIZE +READY +AGE$");
        table[1].ShouldMatch("^w +3 ");
        (await api.Admin.PatchAsync($"{api.Widgets}/w/status", ApiClient.MergePatch, """{ "status": { "conditions": [{ "type": "Ready", "status": "True" }] } }"""))
            .ShouldBe(HttpStatusCode.OK);
        (await kubectl.RunAsync("wait --for=condition=Ready wd/w --timeout=30s")).ShouldBe($"widget.{WidgetDefinition.Group}/w condition met");
        (await kubectl.RunAsync("delete widget w")).ShouldBe($"widget.{WidgetDefinition.Group} \"w\" deleted");
    }

    [Theory, EachServer(Kubectl = true)]
    public async Task Rights_are_asked_for_and_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        using var team = As(api, api.Server.Identities.TeamA);
        using var viewer = As(api, api.Server.Identities.Viewer);

        (await team.RunAsync($"auth can-i create secrets -n {TestIdentities.TeamANamespace}")).ShouldBe("yes");
        await team.FailAsync("auth can-i create secrets");
        (await viewer.FailAsync("get secrets")).ShouldContain("(Forbidden): secrets is forbidden: User");
        (await viewer.RunAsync("get pods")).ShouldBeEmpty();
        (await team.RunAsync($"auth can-i --list -n {TestIdentities.TeamANamespace}")).ShouldContain("secrets");
    }

    private static KubectlRunner As(ApiScope api, TestIdentity identity) => new(api.Server, identity, api.Namespace);
}
