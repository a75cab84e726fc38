using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>Catalogues, charts and archives over HTTP, with what the Secrets of a repository hold and through its proxies.</summary>
public sealed class HelmCatalogueSourceTests : IAsyncLifetime, IDisposable
{
    private const string Basic = "Basic YW5uYTpzZWNyZXQtd29yZA==";

    private readonly ChartRepositoryFactory _factory = new(ChartRepositoryOptions.Default, TimeProvider.System);
    private readonly FakeKubernetesClient _cluster = new();
    private ChartServer _server = null!;

    private PluginCall Service => new(_cluster, KubernetesIdentity.Service);

    private PluginCall User => new(_cluster, KubernetesIdentity.Bearer("token-of-the-caller"));

    private HelmCatalogueSource Source => new(_factory);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ChartServer.StartAsync();
        _cluster.Kinds.Serve("v1", "Secret", "secrets").Serve("kubeapps.com/v1alpha1", "AppRepository", "apprepositories");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task One_malformed_chart_is_left_out_and_told()
    {
        var read = await Source.RefreshAsync(Repository(), null, Service, Cancellation);

        read.Catalogue!.Packages.Select(p => p.Name).ShouldBe(["redis", "web"]);
        read.Warning!.ShouldContain("broken");
    }

    [Fact]
    public async Task An_index_that_is_none_has_its_code()
    {
        _server.Answer = Write(200, "<html>not here</html>");

        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(Repository(), null, Service, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldStartWith("Repository team-a/charts: ");
    }

    [Fact]
    public async Task The_wait_that_a_server_asks_for_is_told()
    {
        _server.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "90";
            context.Response.StatusCode = 429;
            return true;
        };

        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(Repository(), null, Service, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.ResourceExhausted);
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(90));
        refused.Message.ShouldEndWith("It asks to wait for 1m30s.");
    }

    [Theory]
    [InlineData("authorizationHeader", Basic, Basic)]
    [InlineData("authorizationHeader", "Bearer abc", "Bearer abc")]
    [InlineData("authorizationHeader", "Token abc", "Token abc")]
    [InlineData("of-my-own", "Token abc\n", "Token abc")]
    [InlineData(".dockerconfigjson", """{"auths": {"127.0.0.1": {"username": "anna", "password": "secret-word"}}}""", Basic)]
    [InlineData(".dockerconfigjson", """{"auths": {"https://elsewhere.example/v1/": {"username": "anna", "password": "secret-word"}}}""", Basic)]
    [InlineData(".dockerconfigjson", """{"auths": {"a.example": {"username": "a", "password": "b"}, "b.example": {"username": "c", "password": "d"}}}""", "")]
    public async Task What_the_Secret_holds_is_sent(string key, string value, string expected)
    {
        AddSecret((key, value));

        await Source.RefreshAsync(Repository(Header(key)), null, Service, Cancellation);

        _server.Requests.ShouldHaveSingleItem().ShouldEndWith($" {expected}");
        _cluster.Calls.ShouldBe(["service get secrets team-a/mine"]);
    }

    [Fact]
    public async Task A_login_in_the_address_is_sent_and_never_told()
    {
        var repository = Repository(url: _server.Url.Replace("http://", "http://anna:secret-word@", StringComparison.Ordinal));

        await Source.RefreshAsync(repository, null, Service, Cancellation);
        _server.Answer = Write(401, "");
        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(repository, null, Service, Cancellation));

        _server.Requests.ShouldAllBe(r => r.EndsWith(Basic));
        refused.ToString().ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task A_refused_login_is_told_in_words_that_log_nobody_out()
    {
        _server.Answer = Write(401, "");
        AddSecret(("authorizationHeader", Basic));

        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(Repository(Header("authorizationHeader")), null, Service, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldNotContain("credentials", Case.Insensitive);
        refused.Message.ShouldNotContain("unauthorized", Case.Insensitive);
        refused.ToString().ShouldNotContain("secret-word");
    }

    [Theory]
    [InlineData("gone", "authorizationHeader", "does not exist")]
    [InlineData("mine", "authorizationHeader", "has no key 'authorizationHeader'")]
    [InlineData("mine", ".dockerconfigjson", "has no key '.dockerconfigjson'")]
    public async Task A_Secret_that_vanished_or_lacks_its_key_is_named(string name, string key, string problem)
    {
        AddSecret(("other", "x"));

        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(Repository(Header(key, name)), null, Service, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain($"The Secret {name} that AppRepository team-a/charts refers to {problem}");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reference_to_an_authority_that_is_not_there_leaves_those_of_the_system()
    {
        AddSecret(("authorizationHeader", Basic));
        var spec = Header("authorizationHeader");
        spec["auth"]!["customCA"] = JsonNode.Parse("""{"secretKeyRef": {"name": "mine", "key": "ca.crt"}}""");

        (await Source.RefreshAsync(Repository(spec), null, Service, Cancellation)).Catalogue!.Packages.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    public async Task The_proxy_of_the_repository_serves_catalogue_chart_and_archive(string variable)
    {
        var repository = Repository(Proxy((variable, _server.Url)), "http://charts.example/stable");
        _cluster.Add(repository.ToJsonObject());

        var package = (await Source.RefreshAsync(repository, null, Service, Cancellation)).Catalogue!.Find("web")!;
        var content = await Source.FetchContentAsync(repository, package, "1.1.0", Service, Cancellation);
        var archive = await new HelmArchiveSource(_factory).FetchAsync(ArchiveOf("web-1.1.0.tgz"), User, Cancellation);

        content.Readme.ShouldBe("# web\n");
        archive.Content.ToArray().ShouldBe(ChartServer.Archive);
        _server.Requests.Count.ShouldBe(3);
        _server.Requests.ShouldAllBe(r => r.Contains("charts.example"));
    }

    [Fact]
    public async Task A_proxy_is_left_out_for_its_exceptions_and_for_other_schemes()
    {
        var spec = Proxy(("HTTP_PROXY", _server.Url), ("NO_PROXY", "localhost.example,.charts.invalid"));
        await Source.RefreshAsync(Repository(spec, "http://charts.example"), null, Service, Cancellation);

        (await CodeOf(() => Source.RefreshAsync(Repository(spec, "http://a.charts.invalid"), null, Service, Cancellation))).ShouldBe(PackageErrorCode.Unavailable);
        (await CodeOf(() => Source.RefreshAsync(Repository(spec, "https://other.invalid"), null, Service, Cancellation))).ShouldBe(PackageErrorCode.Unavailable);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_proxy_that_is_none_has_its_code() =>
        (await CodeOf(() => Source.RefreshAsync(Repository(Proxy(("HTTP_PROXY", "ftp://x"))), null, Service, Cancellation))).ShouldBe(PackageErrorCode.FailedPrecondition);

    [Theory]
    [InlineData(".name == \"web\"", "web")]
    [InlineData(".name == $a or .name == $b", "redis,web")]
    [InlineData(".category == \"Database\"", "redis")]
    [InlineData("[.keywords[] | . == \"http\"] | any", "web")]
    [InlineData(".maintainers | map(.name) | contains([$c])", "redis")]
    [InlineData(".chartVersions[0].version == \"1.1.0\" and .chartVersions[0].app_version == \"7\"", "web")]
    [InlineData(".repo.name == \"charts\" and .repo.namespace == \"team-a\" and .repo.type == \"helm\"", "redis,web")]
    [InlineData(".ID == \"charts/redis\"", "redis")]
    [InlineData("false", "")]
    public async Task The_filter_says_which_charts_are_offered(string jq, string expected)
    {
        var repository = Repository(Filter(jq));

        var read = await Source.RefreshAsync(repository, null, Service, Cancellation);
        var again = await Source.RefreshAsync(repository, read.Validators, Service, Cancellation);

        string.Join(',', read.Catalogue!.Packages.Select(p => p.Name)).ShouldBe(expected);
        again.Catalogue.ShouldBeNull();
    }

    [Fact]
    public async Task Over_HTTP_nothing_is_kept_beside_charts()
    {
        var package = (await Source.RefreshAsync(Repository(), null, Service, Cancellation)).Catalogue!.Find("web")!;

        (await CodeOf(() => Source.FetchMetadataAsync(Repository(), package, "1.1.0", Service, Cancellation))).ShouldBe(PackageErrorCode.Unimplemented);
    }

    [Fact]
    public async Task A_chart_on_which_the_filter_fails_is_left_out_and_told()
    {
        var read = await Source.RefreshAsync(Repository(Filter("if .name == \"web\" then error(\"no\") else true end")), null, Service, Cancellation);

        read.Catalogue!.Packages.Select(p => p.Name).ShouldBe(["redis"]);
        read.Warning!.ShouldContain("the filter failed on 1 charts, which were left out; first: web: ");
        read.Warning!.ShouldContain("broken");
    }

    [Theory]
    [InlineData(".name ==")]
    [InlineData(".name")]
    [InlineData("def f: f; f")]
    public async Task A_filter_that_never_answers_fails_the_refresh(string jq)
    {
        var refused = await Should.ThrowAsync<PackageException>(() => Source.RefreshAsync(Repository(Filter(jq)), null, Service, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("spec.filterRule.jq");
    }

    [Fact]
    public async Task A_repository_is_probed_with_the_login_that_it_is_going_to_have()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == Basic ? 200 : 401;
            return context.Response.StatusCode != 200;
        };
        var repository = Repository();

        await Source.ProbeAsync(repository, () => Task.FromResult(AppRepositoryConnection.Create(repository, Basic, null, null)), Cancellation);
        var refused = await Should.ThrowAsync<PackageException>(() =>
            Source.ProbeAsync(repository, () => Task.FromResult(AppRepositoryConnection.Create(repository, "Bearer x", null, null)), Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldNotContain("credentials", Case.Insensitive);
    }

    [Theory]
    [InlineData("\u0001", null, null)]
    [InlineData(null, "{", null)]
    [InlineData(null, null, "no PEM")]
    public async Task What_cannot_be_sent_fails_the_probe(string? header, string? docker, string? authority)
    {
        var repository = Repository();

        (await CodeOf(() => Source.ProbeAsync(repository, () => Task.FromResult(AppRepositoryConnection.Create(repository, header, docker, authority)), Cancellation)))
            .ShouldBe(PackageErrorCode.FailedPrecondition);
    }

    [Fact]
    public async Task An_archive_is_fetched_with_the_rights_of_the_caller_and_tells_its_pull_secrets()
    {
        AddSecret(("authorizationHeader", Basic));
        AddSecret("pull", (".dockerconfigjson", """{"auths": {"registry.example": {}, "https://index.docker.io/v1/": {}}}"""));
        var spec = Header("authorizationHeader");
        spec["dockerRegistrySecrets"] = new JsonArray("gone", "pull");
        _cluster.Add(Repository(spec).ToJsonObject());

        var archive = await new HelmArchiveSource(_factory).FetchAsync(ArchiveOf("web-1.1.0.tgz", ContentDigest.Compute(ChartServer.Archive).ToString()), User, Cancellation);

        archive.Content.ToArray().ShouldBe(ChartServer.Archive);
        var pull = archive.PullSecrets.ShouldHaveSingleItem();
        pull.Name.ShouldBe("pull");
        pull.Registries.ShouldBe(["registry.example", "https://index.docker.io/v1/"]);
        _server.Requests.ShouldHaveSingleItem().ShouldEndWith(Basic);
        _cluster.Calls.ShouldAllBe(c => c.StartsWith("bearer "));
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("pull")]
    public async Task A_caller_who_may_not_read_the_Secrets_is_told_so(string forbidden)
    {
        AddSecret(("authorizationHeader", Basic));
        AddSecret("pull", (".dockerconfigjson", "{}"));
        var spec = Header("authorizationHeader");
        spec["dockerRegistrySecrets"] = new JsonArray("pull");
        _cluster.Add(Repository(spec).ToJsonObject());
        _cluster.Fail = call => call.Resource == "secrets" && call.Name == forbidden ? KubernetesFailure.Forbidden : null;

        var refused = await Should.ThrowAsync<PackageException>(() => new HelmArchiveSource(_factory).FetchAsync(ArchiveOf("web-1.1.0.tgz"), User, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.PermissionDenied);
        refused.Message.ShouldStartWith($"unable to read secret team-a/{forbidden}");
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing repository", PackageErrorCode.NotFound)]
    [InlineData("forbidden repository", PackageErrorCode.PermissionDenied)]
    [InlineData("missing secret", PackageErrorCode.FailedPrecondition)]
    [InlineData("404", PackageErrorCode.FailedPrecondition)]
    [InlineData("503", PackageErrorCode.Unavailable)]
    [InlineData("429", PackageErrorCode.ResourceExhausted)]
    [InlineData("digest", PackageErrorCode.FailedPrecondition)]
    public async Task Every_other_cause_has_its_own_code(string cause, PackageErrorCode code)
    {
        if (cause != "missing repository")
        {
            _cluster.Add(Repository(cause == "missing secret" ? Header("authorizationHeader") : null).ToJsonObject());
        }

        _cluster.Fail = call => cause == "forbidden repository" && call.Resource == "apprepositories" ? KubernetesFailure.Forbidden : null;
        _server.Answer = int.TryParse(cause, out var status) ? Write(status, "") : _ => false;
        var archive = ArchiveOf("web-1.1.0.tgz", cause == "digest" ? ContentDigest.Compute("other"u8).ToString() : "");

        (await CodeOf(() => new HelmArchiveSource(_factory).FetchAsync(archive, User, Cancellation))).ShouldBe(code);
    }

    private static async Task<PackageErrorCode> CodeOf(Func<Task> action) => (await Should.ThrowAsync<PackageException>(action)).Code;

    private static Func<HttpContext, bool> Write(int status, string text) => context =>
    {
        context.Response.StatusCode = status;
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        context.Response.Body.Write(Encoding.UTF8.GetBytes(text));
        return true;
    };

    private static PackageArchive ArchiveOf(string url, string digest = "") =>
        new(new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, "default", "team-a", "charts"), "web"), "1.1.0", [url], digest);

    private static JsonObject Header(string key, string name = "mine") => new()
    {
        ["auth"] = new JsonObject { ["header"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = name, ["key"] = key } } },
    };

    private static JsonObject Filter(string jq) => new()
    {
        ["filterRule"] = new JsonObject { ["jq"] = jq, ["variables"] = new JsonObject { ["$a"] = "web", ["$b"] = "redis", ["c"] = "anna" } },
    };

    private static JsonObject Proxy(params (string Name, string Value)[] variables) => new()
    {
        ["syncJobPodTemplate"] = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray(new JsonObject { ["env"] = new JsonArray([.. variables.Select(v => new JsonObject { ["name"] = v.Name, ["value"] = v.Value })]) }),
            },
        },
    };

    private KubernetesObject Repository(JsonObject? spec = null, string? url = null)
    {
        var whole = spec?.DeepClone().AsObject() ?? [];
        (whole["type"], whole["url"]) = ("helm", url ?? _server.Url);
        return KubernetesObject.From(new JsonObject
        {
            ["apiVersion"] = "kubeapps.com/v1alpha1",
            ["kind"] = "AppRepository",
            ["metadata"] = new JsonObject { ["name"] = "charts", ["namespace"] = "team-a" },
            ["spec"] = whole,
        });
    }

    private void AddSecret(params (string Key, string Value)[] data) => AddSecret("mine", data);

    private void AddSecret(string name, params (string Key, string Value)[] data) => _cluster.Add(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team-a" },
        ["data"] = new JsonObject(data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(d.Value))))),
    });
}
