using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wego.Charts.Tests.Repositories;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Oci;

public sealed class OciRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", new[] { "charts/team/web", "charts/web", "images/web" })]
    [InlineData("charts", new[] { "charts/team/web", "charts/web" })]
    [InlineData("charts/team", new[] { "charts/team/web" })]
    [InlineData("chart", new string[0])]
    public async Task Repositories_below_a_path_are_listed(string path, string[] expected)
    {
        await using var registry = await StartAsync();
        (await ListAsync(registry, path, OciProvider.Detect)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("helm", new[] { "charts/team/web", "charts/web" })]
    [InlineData("image", new[] { "images/web" })]
    [InlineData("application/vnd.cncf.helm.config.v1+json", new[] { "charts/team/web", "charts/web" })]
    [InlineData("application/x", new string[0])]
    public async Task Content_types_are_found_out_from_a_tag(string type, string[] expected)
    {
        await using var registry = await StartAsync();
        (await ListAsync(registry, "", OciProvider.Detect, type)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(OciProvider.Detect)]
    [InlineData(OciProvider.Harbor)]
    public async Task Harbor_lists_a_project_page_by_page(OciProvider provider)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.ListsCatalogue = false;
        registry.HarborProjects["charts"] = ["charts/a", "charts/b", "charts/c", "charts/team/d", "charts/team/e"];
        (await ListAsync(registry, "charts", provider)).ShouldBe(registry.HarborProjects["charts"]);
        (await ListAsync(registry, "charts/team", provider)).ShouldBe(["charts/team/d", "charts/team/e"]);
    }

    [Fact]
    public async Task Harbor_lists_all_projects_where_none_is_named()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.HarborProjects["a"] = ["a/1"];
        registry.HarborProjects["b"] = ["b/1", "b/2", "b/3"];
        registry.HarborProjects["c"] = [];
        (await ListAsync(registry, "", OciProvider.Harbor)).ShouldBe(["a/1", "b/1", "b/2", "b/3"]);
    }

    [Fact]
    public async Task Registry_that_does_not_list_says_so()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.ListsCatalogue = false;
        var error = await Should.ThrowAsync<ChartException>(ListAsync(registry, "charts", OciProvider.Detect));
        error.Failure.ShouldBe(ChartFailure.NotFound);
        error.Message.ShouldContain("does not list its repositories");
    }

    [Fact]
    public async Task Docker_Hub_lists_by_its_own_API_page_by_page()
    {
        FakeServer hub = null!;
        hub = await FakeServer.StartAsync(context => context.Request.Query["page"] == "2"
            ? context.Response.WriteAsync("""{"count": 3, "next": null, "results": [{"name": "c", "namespace": "charts"}, {"broken": true}]}""")
            : context.Response.WriteAsync($$"""{"count": 3, "next": "{{hub.Url}}{{context.Request.Path}}?page=2", "results": [{"name": "a", "namespace": "charts"}, {"name": "b", "namespace": "charts"}]}"""));
        await using var _ = hub;
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default with { DockerHub = new Uri(hub.Url) }, TimeProvider.System);
        var registry = factory.OpenRegistry("oci://registry-1.docker.io/charts", ChartConnection.Anonymous);
        (await registry.ListRepositoriesAsync(OciProvider.Detect, ["helm"], Token).ToListAsync(Token)).ShouldBe(["charts/a", "charts/b", "charts/c"]);
        hub.Requests.Select(r => r.Path).ShouldBe(["/v2/namespaces/charts/repositories/?page_size=100&ordering=name&content_types=helm", "/v2/namespaces/charts/repositories/?page=2"]);
    }

    [Theory]
    [InlineData(429, "{}", ChartFailure.RateLimited)]
    [InlineData(404, "{}", ChartFailure.NotFound)]
    [InlineData(200, "<html>", ChartFailure.UnexpectedAnswer)]
    [InlineData(200, """{"results": [], "next": "http://elsewhere.example/"}""", ChartFailure.BadRedirect)]
    public async Task Docker_Hub_may_fail(int status, string body, ChartFailure expected)
    {
        await using var hub = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync(body);
        });
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default with { DockerHub = new Uri(hub.Url) }, TimeProvider.System);
        var registry = factory.OpenRegistry("oci://docker.io/charts", ChartConnection.Anonymous);
        var error = await Should.ThrowAsync<ChartException>(async () => await registry.ListRepositoriesAsync(OciProvider.Detect, [], Token).ToListAsync(Token));
        error.Failure.ShouldBe(expected);
        error.RetryAfter.ShouldBe(status == 429 ? TimeSpan.FromSeconds(7) : status == 404 ? TimeSpan.FromSeconds(7) : null);
    }

    [Fact]
    public async Task Tags_are_listed_page_by_page_versions_or_not()
    {
        await using var registry = await FakeRegistry.StartAsync();
        foreach (var tag in new[] { "1.0.0", "2.0.0", "latest", "sha256-abc" })
        {
            registry.Push("charts/web", tag, "application/x", "{}", "application/x", [1]);
        }

        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        var opened = factory.OpenRegistry($"oci://{registry.Authority}/charts/web", new ChartConnection { PlainHttp = true });
        (await opened.ListTagsAsync(Token).ToListAsync(Token)).ShouldBe(["1.0.0", "2.0.0", "latest", "sha256-abc"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Referrers_are_listed_page_by_page(bool namesDigests)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.NamesDigests = namesDigests;
        registry.PushChart("charts/web", "1.0.0+b.1");
        var manifest = await DigestAsync(registry, "charts/web", "1.0.0_b.1");
        registry.Referrers = new()
        {
            [manifest] =
            [
                Referrer("sha256:1", "application/vnd.cncf.notary.signature", "A signature", "By somebody"),
                new { mediaType = "application/vnd.oci.image.manifest.v1+json", digest = "sha256:2", size = 1 },
                Referrer("sha256:3", "application/spdx+json", "The parts", ""),
            ],
        };
        (await ReferrersAsync(registry, "1.0.0+b.1")).ShouldBe(
        [
            new OciReferrer("A signature", "By somebody", "application/vnd.oci.image.manifest.v1+json", "application/vnd.cncf.notary.signature", "sha256:1"),
            new OciReferrer("", "", "application/vnd.oci.image.manifest.v1+json", "", "sha256:2"),
            new OciReferrer("The parts", "", "application/vnd.oci.image.manifest.v1+json", "application/spdx+json", "sha256:3"),
        ]);
    }

    [Fact]
    public async Task Registry_without_the_API_keeps_referrers_under_a_tag()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        (await ReferrersAsync(registry, "1.0.0")).ShouldBeEmpty();

        var manifest = await DigestAsync(registry, "charts/web", "1.0.0");
        registry.PushManifest("charts/web", manifest.Replace(':', '-'), JsonSerializer.SerializeToUtf8Bytes(new { schemaVersion = 2, manifests = new[] { Referrer("sha256:1", "application/x", "One", "") } }));
        (await ReferrersAsync(registry, "1.0.0")).ShouldHaveSingleItem().Name.ShouldBe("One");
    }

    [Fact]
    public async Task Referrers_of_what_is_not_there_are_an_error()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        (await Should.ThrowAsync<ChartException>(ReferrersAsync(registry, "2.0.0"))).Failure.ShouldBe(ChartFailure.NotFound);
    }

    [Fact]
    public async Task Referrers_are_asked_for_with_the_credentials_of_the_repository()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Referrers = [];
        registry.Authentication = "Bearer";
        registry.Authorization = "Basic " + Convert.ToBase64String("ada:pa55"u8);
        (await ReferrersAsync(registry, "1.0.0", new ChartConnection { PlainHttp = true, Credentials = ChartCredentials.Basic("ada", "pa55") })).ShouldBeEmpty();
        (await Should.ThrowAsync<ChartException>(ReferrersAsync(registry, "1.0.0"))).Failure.ShouldBe(ChartFailure.Unauthorized);
    }

    private static object Referrer(string digest, string type, string title, string description) => new
    {
        mediaType = "application/vnd.oci.image.manifest.v1+json",
        artifactType = type,
        digest,
        size = 1,
        annotations = new Dictionary<string, string> { ["org.opencontainers.image.title"] = title, ["org.opencontainers.image.description"] = description },
    };

    private static async Task<FakeRegistry> StartAsync()
    {
        var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.PushChart("charts/team/web", "1.0.0");
        registry.Push("images/web", "1", "application/vnd.oci.image.config.v1+json", "{}", "application/x", Encoding.UTF8.GetBytes("layer"));
        return registry;
    }

    private static async Task<string> DigestAsync(FakeRegistry registry, string repository, string tag)
    {
        using var http = new HttpClient();
        return ContentDigest.Compute(await http.GetByteArrayAsync($"http://{registry.Authority}/v2/{repository}/manifests/{tag}", Token)).ToString();
    }

    private static async Task<ImmutableArray<OciReferrer>> ReferrersAsync(FakeRegistry registry, string version, ChartConnection? connection = null)
    {
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        return await factory.OpenRegistry($"oci://{registry.Authority}/charts", connection ?? new ChartConnection { PlainHttp = true })
            .ListReferrersAsync("web", new CatalogueVersion(version, "", null, null, []), Token);
    }

    private static async Task<List<string>> ListAsync(FakeRegistry registry, string path, OciProvider provider, params string[] types)
    {
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        return await factory.OpenRegistry($"oci://{registry.Authority}/{path}", new ChartConnection { PlainHttp = true })
            .ListRepositoriesAsync(provider, [.. types], Token).ToListAsync(Token);
    }
}
