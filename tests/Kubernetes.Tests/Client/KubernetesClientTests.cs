using System.Text.Json.Nodes;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class KubernetesClientTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task GetReadsAnObject()
    {
        _server.On("GET /api/v1/namespaces/default/configmaps/settings", 200, Json.ConfigMap("settings", "7"));

        var found = await _client.GetAsync(KubernetesIdentity.Bearer("secret-1"), ConfigMaps, "default", "settings", Cancel);

        found.Name.ShouldBe("settings");
        found.ResourceVersion.ShouldBe("7");
        var request = _server.Requests.ShouldHaveSingleItem();
        request.Authorization.ShouldBe("Bearer secret-1");
        request.Headers.UserAgent.ToString().ShouldBe("wego/0.1.0");
    }

    [Fact]
    public async Task ListFillsInTheKindOfItsItems()
    {
        _server.On("GET /api/v1/configmaps", 200, Json.List("42", "next", Json.ConfigMap("a", "1"), Json.ConfigMap("b", "2")));

        var list = await _client.ListAsync(
            KubernetesIdentity.Service, ConfigMaps, null, new ListOptions(Limit: 2, Continue: "t/+=", LabelSelector: "app in (a,b)", FieldSelector: "metadata.name!=x", ResourceVersion: "0"), Cancel);

        list.ResourceVersion.ShouldBe("42");
        list.Continue.ShouldBe("next");
        list.Items.Select(i => $"{i.ApiVersion} {i.Kind} {i.Name}").ShouldBe(["v1 ConfigMap a", "v1 ConfigMap b"]);
        _server.Requests[0].Query.ShouldBe(new Dictionary<string, string>
        {
            ["limit"] = "2",
            ["continue"] = "t/+=",
            ["labelSelector"] = "app in (a,b)",
            ["fieldSelector"] = "metadata.name!=x",
            ["resourceVersion"] = "0",
        });
    }

    [Fact]
    public async Task WritesCarryTheFieldManager()
    {
        var resource = new GroupVersionResource("apps", "v1", "deployments");
        _server.On("POST /apis/apps/v1/namespaces/team-a/deployments", 201, Json.ConfigMap("web", "1"))
            .On("PUT /apis/apps/v1/namespaces/team-a/deployments/web", 200, Json.ConfigMap("web", "2"))
            .On("PATCH /apis/apps/v1/namespaces/team-a/deployments/web/status", 200, Json.ConfigMap("web", "3"))
            .On("PATCH /apis/apps/v1/namespaces/team-a/deployments/web", 200, Json.ConfigMap("web", "4"));
        var manifest = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "web" } };

        await _client.CreateAsync(KubernetesIdentity.Service, resource, "team-a", manifest, new WriteOptions(DryRun: true), Cancel);
        await _client.ReplaceAsync(KubernetesIdentity.Service, resource, "team-a", "web", manifest, new WriteOptions("me"), Cancel);
        await _client.PatchAsync(KubernetesIdentity.Service, resource, "team-a", "web", PatchType.Merge, manifest, new PatchOptions(Force: true, Subresource: "status"), Cancel);
        await _client.PatchAsync(KubernetesIdentity.Service, resource, "team-a", "web", PatchType.Apply, manifest, new PatchOptions(Force: true), Cancel);

        _server.Requests.Select(r => $"{r.Headers.ContentType} {string.Join('&', r.Query.Select(q => q.Key + "=" + q.Value))}").ShouldBe(
        [
            "application/json fieldManager=wego&dryRun=All",
            "application/json fieldManager=me",
            "application/merge-patch+json fieldManager=wego",
            "application/apply-patch+yaml fieldManager=wego&force=true",
        ]);
        _server.Requests.ShouldAllBe(r => r.Body == """{"metadata":{"name":"web"}}""");
    }

    [Fact]
    public async Task DeleteSendsPropagationAndPreconditions()
    {
        _server.On("DELETE /api/v1/namespaces/default/configmaps/a", 200, Json.Status(200, "", ""));

        await _client.DeleteAsync(KubernetesIdentity.Service, ConfigMaps, "default", "a", new DeleteOptions("Foreground", PreconditionUid: "u1"), Cancel);

        JsonNode.DeepEquals(
            JsonNode.Parse(_server.Requests[0].Body),
            JsonNode.Parse("""{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground","preconditions":{"uid":"u1"}}""")).ShouldBeTrue();
    }

    [Fact]
    public async Task MetadataOnlyAsksForPartialObjects()
    {
        _server.On("GET /api/v1/configmaps", 200, """{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}]}""");

        var list = await _client.ListAsync(KubernetesIdentity.Service, ConfigMaps, null, new ListOptions(MetadataOnly: true), Cancel);

        list.Items.ShouldHaveSingleItem().Kind.ShouldBe("PartialObjectMetadata");
        _server.Requests[0].Headers.Accept.ToString().ShouldBe("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(2000, false)]
    public async Task AnswersAreReadUncompressedAndUpToTheBound(int length, bool fits)
    {
        _server.On("GET /big", async context =>
        {
            context.Request.Headers.AcceptEncoding.ToString().ShouldBeEmpty();
            var block = new byte[Math.Min(length, 1_000_000)];
            for (var written = 0; written < length; written += block.Length)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var client = Create(_server, _log, options: new KubernetesClientOptions { MaxResponseBytes = 1000 });

        var read = client.GetRawAsync(KubernetesIdentity.Service, "/big", Cancel);

        if (fits)
        {
            (await read).Body.Length.ShouldBe(length);
        }
        else
        {
            (await Should.ThrowAsync<KubernetesException>(() => read)).Failure.ShouldBe(KubernetesFailure.TooLarge);
        }
    }

    [Fact]
    public async Task TokenReviewsUseTheServicesRights()
    {
        using var client = Create(_server, _log, user: new UserConfiguration { Token = "service" });
        _server.On("POST /apis/authentication.k8s.io/v1/tokenreviews", 201, """{"kind":"TokenReview","status":{"authenticated":true,"user":{"username":"jane","groups":["dev"]}}}""")
            .On("POST /apis/authentication.k8s.io/v1/tokenreviews", 201, """{"kind":"TokenReview","status":{"error":"invalid bearer token"}}""");

        var good = await client.ReviewTokenAsync("callers", Cancel);
        var bad = await client.ReviewTokenAsync("other", Cancel);

        good.User.ShouldBe("jane");
        good.Groups.ShouldBe(["dev"]);
        bad.Authenticated.ShouldBeFalse();
        _server.Requests.ShouldAllBe(r => r.Authorization == "Bearer service");
        _server.Requests[0].Body.ShouldBe("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"callers"}}""");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    [InlineData("")]
    public async Task NamesThatWouldLeaveTheirPathAreRefused(string name)
    {
        var error = await Should.ThrowAsync<KubernetesException>(() => _client.GetAsync(KubernetesIdentity.Service, ConfigMaps, "default", name, Cancel));

        error.Failure.ShouldBe(KubernetesFailure.BadRequest);
        error.Message.ShouldContain("name");
        _server.Requests.ShouldBeEmpty();
    }
}
