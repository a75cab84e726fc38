using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Flux;

namespace Wego.Flux.Tests;

/// <summary>Catalogues and charts over HTTP, with what the Secrets of a repository hold.</summary>
public sealed class CatalogueSourceTests : IAsyncLifetime, IDisposable
{
    private readonly ChartRepositoryFactory _factory = new(ChartRepositoryOptions.Default, TimeProvider.System);
    private readonly FakeKubernetesClient _cluster = new();
    private ChartServer _server = null!;

    private PluginCall Call => new(_cluster, KubernetesIdentity.Service);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ChartServer.StartAsync();
        _cluster.Kinds.Serve("v1", "Secret", "secrets");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task A_catalogue_is_read_once_and_found_unchanged_after_that()
    {
        var source = new ChartCatalogueSource(_factory);

        var first = await source.RefreshAsync(Repository(), null, Call, Cancellation);
        var second = await source.RefreshAsync(Repository(), first.Validators, Call, Cancellation);

        first.Catalogue!.Find("web")!.Versions.Select(v => v.Version).ShouldBe(["1.1.0", "1.0.0"]);
        first.Warning.ShouldBeNull();
        second.Catalogue.ShouldBeNull();
        second.Validators.ETag.ShouldBe("\"one\"");
        _server.FullDownloads.ShouldBe(1);
    }

    [Fact]
    public async Task The_content_of_a_version_is_fetched()
    {
        var source = new ChartCatalogueSource(_factory);
        var package = (await source.RefreshAsync(Repository(), null, Call, Cancellation)).Catalogue!.Find("web")!;

        var content = await source.FetchContentAsync(Repository(), package, "1.1.0", Call, Cancellation);

        content.Readme.ShouldBe("# web\n");
        content.DefaultValues.ShouldBe("replicas: 1\n");
        (await CodeOf(() => source.FetchContentAsync(Repository(), package, "9.9.9", Call, Cancellation))).ShouldBe(PackageErrorCode.NotFound);
    }

    [Theory]
    [InlineData("username", "password", "Basic YW5uYTpzZWNyZXQtd29yZA==")]
    [InlineData("bearerToken", "", "Bearer anna")]
    [InlineData("token", "", "Bearer anna")]
    public async Task What_the_Secret_holds_is_sent(string first, string second, string expected)
    {
        _server.Authorization = expected;
        AddSecret((first, "anna"), (second, "secret-word"));

        var read = await new ChartCatalogueSource(_factory).RefreshAsync(Repository("mine"), null, Call, Cancellation);

        read.Catalogue!.Packages.ShouldHaveSingleItem();
        _cluster.Calls.ShouldBe(["service get secrets team-a/mine"]);
    }

    [Fact]
    public async Task A_refused_login_is_told_without_what_was_sent()
    {
        _server.Authorization = "Basic other";
        AddSecret(("username", "anna"), ("password", "secret-word"));

        var refused = await Should.ThrowAsync<PackageException>(() => new ChartCatalogueSource(_factory).RefreshAsync(Repository("mine", "?key=hidden"), null, Call, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("/charts refused the login (HTTP 401)");
        refused.ToString().ShouldNotContain("secret-word");
        refused.ToString().ShouldNotContain("hidden");
        refused.Message.ShouldNotContain("credentials", Case.Insensitive);
        refused.Message.ShouldNotContain("unauthorized", Case.Insensitive);
    }

    [Theory]
    [InlineData(500, PackageErrorCode.Unavailable)]
    [InlineData(503, PackageErrorCode.Unavailable)]
    [InlineData(429, PackageErrorCode.ResourceExhausted)]
    [InlineData(404, PackageErrorCode.FailedPrecondition)]
    [InlineData(403, PackageErrorCode.FailedPrecondition)]
    public async Task A_remote_side_that_fails_has_its_code(int status, PackageErrorCode code)
    {
        _server.Status = status;

        (await CodeOf(() => new ChartCatalogueSource(_factory).RefreshAsync(Repository(), null, Call, Cancellation))).ShouldBe(code);
    }

    [Fact]
    public async Task A_Secret_that_is_missing_is_named_as_the_cause()
    {
        var refused = await Should.ThrowAsync<PackageException>(() => new ChartCatalogueSource(_factory).RefreshAsync(Repository("mine"), null, Call, Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task An_address_that_nobody_answers_is_unavailable()
    {
        var repository = Repository();
        await _server.DisposeAsync();

        (await CodeOf(() => new ChartCatalogueSource(_factory).RefreshAsync(repository, null, Call, Cancellation))).ShouldBe(PackageErrorCode.Unavailable);
    }

    private static async Task<PackageErrorCode> CodeOf(Func<Task> action) => (await Should.ThrowAsync<PackageException>(action)).Code;

    private KubernetesObject Repository(string? secret = null, string query = "") => KubernetesObject.From(new JsonObject
    {
        ["apiVersion"] = "source.toolkit.fluxcd.io/v1",
        ["kind"] = "HelmRepository",
        ["metadata"] = new JsonObject { ["name"] = "charts", ["namespace"] = "team-a" },
        ["spec"] = new JsonObject
        {
            ["url"] = _server.Url + query,
            ["secretRef"] = secret is null ? null : new JsonObject { ["name"] = secret },
        },
    });

    private void AddSecret(params (string Key, string Value)[] data) => _cluster.Add(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = "mine", ["namespace"] = "team-a" },
        ["data"] = new JsonObject(data.Where(d => d.Key.Length > 0).Select(d => KeyValuePair.Create(d.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(d.Value))))),
    });
}
