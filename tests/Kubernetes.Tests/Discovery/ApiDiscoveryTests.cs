using System.Text.Json.Nodes;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class ApiDiscoveryTests : IAsyncLifetime
{
    private const string Classic =
        """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},{"name":"broken.example","versions":[{"groupVersion":"broken.example/v1","version":"v1"}]}]}""";

    private const string Core =
        """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"configmaps","kind":"ConfigMap","namespaced":true,"verbs":["get","list"]},{"name":"namespaces","kind":"Namespace","namespaced":false,"verbs":["get"]},{"name":"namespaces/status","kind":"Namespace","verbs":["get"]}]}""";

    private const string Apps =
        """{"kind":"APIResourceList","groupVersion":"apps/v1","resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["get"]}]}""";

    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task AggregatedDocumentsNeedTwoRequests()
    {
        _server.Always("GET /api", 200, Aggregated("", ("v1", "ConfigMap", "configmaps", "Namespaced")), "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
            .Always("GET /apis", 200, Aggregated("helm.toolkit.fluxcd.io", ("v2", "HelmRelease", "helmreleases", "Namespaced"), ("v2beta2", "HelmRelease", "helmreleases", "Namespaced")));

        var found = await _client.Discovery.FindKindAsync("helm.toolkit.fluxcd.io/v2", "HelmRelease", Cancel);
        found.ShouldNotBeNull();
        found.Resource.ShouldBe(new GroupVersionResource("helm.toolkit.fluxcd.io", "v2", "helmreleases"));
        found.Namespaced.ShouldBeTrue();
        found.Verbs.ShouldBe(["get", "watch"]);
        (await _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel))!.Resource.ShouldBe(ConfigMaps);
        (await _client.Discovery.FindResourceAsync("helm.toolkit.fluxcd.io", "helmreleases", ["v3", "v2beta2", "v2"], Cancel))!.Resource.Version.ShouldBe("v2beta2");
        _server.Requests.Count.ShouldBe(2);
        _server.Requests[0].Headers.Accept.ToString().ShouldStartWith("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,");
    }

    [Fact]
    public async Task ABrokenApiServiceDoesNotHideTheOthers()
    {
        ServeClassic();
        _server.Always("GET /apis/broken.example/v1", 503, "service unavailable", "text/plain");

        (await _client.Discovery.FindKindAsync("apps/v1", "Deployment", Cancel))!.Resource.Resource.ShouldBe("deployments");
        (await _client.Discovery.FindKindAsync("v1", "Namespace", Cancel))!.Namespaced.ShouldBeFalse();
        (await _client.Discovery.FindKindAsync("apps/v1", "Unknown", Cancel)).ShouldBeNull();
        var error = await Should.ThrowAsync<KubernetesException>(() => _client.Discovery.FindKindAsync("broken.example/v1", "Thing", Cancel).AsTask());
        error.Failure.ShouldBe(KubernetesFailure.Unavailable);
        error.Message.ShouldContain("broken.example/v1");
    }

    [Fact]
    public async Task AStaleGroupOfAnAggregatedDocumentIsUnavailable()
    {
        _server.Always("GET /api", 200, Aggregated(""))
            .Always("GET /apis", 200, """{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1","freshness":"Stale"}]}]}""");

        (await Should.ThrowAsync<KubernetesException>(() => _client.Discovery.FindKindAsync("metrics.k8s.io/v1", "PodMetrics", Cancel).AsTask())).Failure.ShouldBe(KubernetesFailure.Unavailable);
    }

    [Fact]
    public async Task AnUnknownKindRefreshesButNotMoreOftenThanTheGap()
    {
        ServeClassic();
        _server.Always("GET /apis/broken.example/v1", 200, """{"kind":"APIResourceList","resources":[]}""");
        (await _client.Discovery.FindKindAsync("broken.example/v1", "New", Cancel)).ShouldBeNull();
        var requests = _server.Requests.Count;
        _server.Always("GET /apis/broken.example/v1", 200, """{"kind":"APIResourceList","resources":[{"name":"news","kind":"New","namespaced":true,"verbs":[]}]}""");

        (await _client.Discovery.FindKindAsync("broken.example/v1", "New", Cancel)).ShouldBeNull();
        _server.Requests.Count.ShouldBe(requests);
        _time.Advance(TimeSpan.FromSeconds(10));

        (await _client.Discovery.FindKindAsync("broken.example/v1", "New", Cancel))!.Resource.Resource.ShouldBe("news");
    }

    [Fact]
    public async Task ConcurrentQuestionsShareOneRefresh()
    {
        ServeClassic();
        _server.Always("GET /apis/broken.example/v1", 200, """{"kind":"APIResourceList","resources":[]}""");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel).AsTask()));

        _server.Requests.Count(r => r.Path == "/api/v1").ShouldBe(1);
    }

    [Fact]
    public async Task OldKnowledgeServesWhileTheServerIsAway()
    {
        ServeClassic();
        _server.Always("GET /apis/broken.example/v1", 200, """{"kind":"APIResourceList","resources":[]}""");
        await _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel);
        _server.Always("GET /api", 500, Json.Status(500, "InternalError", "etcd is away"));
        _time.Advance(TimeSpan.FromHours(1));

        (await _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel)).ShouldNotBeNull();
        (await Should.ThrowAsync<KubernetesException>(() => _client.Discovery.FindKindAsync("v1", "Unknown", Cancel).AsTask())).Failure.ShouldBe(KubernetesFailure.InternalError);
    }

    [Fact]
    public async Task InvalidateForgets()
    {
        ServeClassic();
        _server.Always("GET /apis/broken.example/v1", 200, """{"kind":"APIResourceList","resources":[]}""");
        await _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel);

        _client.Discovery.Invalidate();
        await _client.Discovery.FindKindAsync("v1", "ConfigMap", Cancel);

        _server.Requests.Count(r => r.Path == "/api/v1").ShouldBe(2);
    }

    private static string Aggregated(string group, params (string Version, string Kind, string Resource, string Scope)[] resources) => new JsonObject
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["items"] = new JsonArray(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = group },
            ["versions"] = new JsonArray([.. resources.Select(r => new JsonObject
            {
                ["version"] = r.Version,
                ["freshness"] = "Current",
                ["resources"] = new JsonArray(new JsonObject
                {
                    ["resource"] = r.Resource,
                    ["responseKind"] = new JsonObject { ["kind"] = r.Kind },
                    ["scope"] = r.Scope,
                    ["verbs"] = new JsonArray("get", "watch"),
                }),
            })]),
        }),
    }.ToJsonString();

    private void ServeClassic() => _server
        .Always("GET /api", 200, """{"kind":"APIVersions","versions":["v1"]}""")
        .Always("GET /apis", 200, Classic)
        .Always("GET /api/v1", 200, Core)
        .Always("GET /apis/apps/v1", 200, Apps);
}
