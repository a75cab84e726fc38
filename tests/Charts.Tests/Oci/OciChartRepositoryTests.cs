using System.Collections.Immutable;
using System.Text;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Oci;

public sealed class OciChartRepositoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ChartRepositoryFactory _factory;

    public OciChartRepositoryTests() => _factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Repositories_below_the_path_are_charts_and_their_tags_versions()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.PushChart("charts/web", "1.10.0-rc.1+b.2");
        var newest = registry.PushChart("charts/web", "1.10.0");
        registry.PushChart("charts/web", "1.9.0");
        registry.Push("charts/web", "latest", "application/x", "{}", "application/x", [1]);
        registry.PushChart("charts/team/database", "0.1.0", "application/tar+gzip");
        registry.PushChart("elsewhere/other", "1.0.0");
        registry.Push("charts/image", "1.0.0", "application/vnd.oci.image.config.v1+json", "{}", "application/vnd.oci.image.layer.v1.tar+gzip", [1]);

        var snapshot = await Open(registry, "charts").RefreshAsync(null, Token);

        snapshot.Skipped.ShouldBe(0);
        snapshot.Catalogue.Packages.Select(p => (p.Name, p.Id)).ShouldBe([("team/database", "team%2Fdatabase"), ("web", "web")]);
        var web = snapshot.Catalogue.Find("web").ShouldNotBeNull();
        web.ShortDescription.ShouldBe("Chart web");
        web.Versions.Select(v => v.Version).ShouldBe(["1.10.0", "1.10.0-rc.1+b.2", "1.9.0", "1.0.0"]);
        web.Newest.ShouldBe(new CatalogueVersion("1.10.0", "7", new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), newest, web.Newest.Urls));
        web.Versions[1].Urls.ShouldBe([$"oci://{registry.Authority}/charts/web:1.10.0-rc.1_b.2"]);
    }

    [Fact]
    public async Task Registry_in_which_nothing_changed_is_not_read_again()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.PushChart("charts/other", "1.0.0");
        var repository = Open(registry, "charts");
        var first = await repository.RefreshAsync(null, Token);
        var before = registry.Paths.Count(IsContent);
        var second = await repository.RefreshAsync(first, Token);
        second.Catalogue.ShouldBeSameAs(first.Catalogue);
        registry.Paths.Count(IsContent).ShouldBe(before);

        registry.PushChart("charts/web", "2.0.0");
        var third = await repository.RefreshAsync(second, Token);
        third.Catalogue.Find("web")?.Newest.Version.ShouldBe("2.0.0");
        third.Catalogue.Find("other").ShouldBeSameAs(first.Catalogue.Find("other"));
        registry.Paths.Count(IsContent).ShouldBe(before + 2);

        static bool IsContent(string path) => (path.Contains("/manifests/", StringComparison.Ordinal) && !path.Contains("/charts-index/", StringComparison.Ordinal)) || path.Contains("/blobs/", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("1.0.0+build.7")]
    public async Task Chart_is_downloaded_and_read(string version)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", version);
        var repository = Open(registry, "charts");
        var listed = (await repository.RefreshAsync(null, Token)).Catalogue.Versions("web")[0];
        var content = await repository.LoadAsync("web", listed, Token);
        (content.Name, content.Version, content.Readme).ShouldBe(("web", version, "# web\n"));
        (await repository.LoadAsync("web", listed with { Urls = [], Digest = null }, Token)).Version.ShouldBe(version);
    }

    [Fact]
    public async Task Index_on_a_web_server_may_point_to_a_registry()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var digest = registry.PushChart("charts/web", "1.0.0");
        var repository = _factory.Open("https://charts.example", new ChartConnection { PlainHttp = true });
        var version = new CatalogueVersion("1.0.0", "", null, digest, [$"oci://{registry.Authority}/charts/web:1.0.0"]);
        (await repository.LoadAsync("web", version, Token)).Name.ShouldBe("web");
    }

    [Fact]
    public async Task Token_is_fetched_with_the_credentials_and_used_until_it_expires()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Authentication = "Bearer";
        registry.Authorization = "Basic " + Convert.ToBase64String("ada:pa55"u8);
        var config = DockerConfig.Parse(Encoding.UTF8.GetBytes($$"""{"auths": { "{{registry.Authority}}": {"username": "ada", "password": "pa55" } } }"""));
        var repository = Open(registry, "charts", connection: new ChartConnection { PlainHttp = true, DockerConfig = config });

        var snapshot = await repository.RefreshAsync(null, Token);
        var tokens = registry.Paths.Count(p => p.StartsWith("/token", StringComparison.Ordinal));
        await repository.RefreshAsync(snapshot, Token);
        registry.Paths.Count(p => p.StartsWith("/token", StringComparison.Ordinal)).ShouldBe(tokens);
        _time.Advance(TimeSpan.FromSeconds(295));
        await repository.RefreshAsync(snapshot, Token);
        registry.Paths.Count(p => p.StartsWith("/token", StringComparison.Ordinal)).ShouldBeGreaterThan(tokens);
        registry.Paths.ShouldContain(p => p.Contains("scope=repository%3Acharts%2Fweb%3Apull", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Basic", true)]
    [InlineData("Basic", false)]
    [InlineData("Bearer", true)]
    [InlineData("Bearer", false)]
    public async Task Credentials_decide(string scheme, bool right)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Authentication = scheme;
        registry.Authorization = "Basic " + Convert.ToBase64String("ada:pa55"u8);
        var repository = Open(registry, "charts", connection: new ChartConnection { PlainHttp = true, Credentials = ChartCredentials.Basic("ada", right ? "pa55" : "wr0ng") });
        if (right)
        {
            (await repository.RefreshAsync(null, Token)).Catalogue.VersionCount.ShouldBe(1);
            return;
        }

        var error = await Should.ThrowAsync<ChartException>(repository.RefreshAsync(null, Token));
        error.Failure.ShouldBe(ChartFailure.Unauthorized);
        error.ToString().ShouldNotContain("wr0ng");
    }

    [Fact]
    public async Task Anonymous_token_will_do_where_the_registry_gives_one()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Authentication = "Bearer";
        (await Open(registry, "charts").RefreshAsync(null, Token)).Catalogue.VersionCount.ShouldBe(1);
        registry.Authorizations.ShouldAllBe(a => a.Length == 0 || a.StartsWith("Bearer token-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registry_without_a_catalogue_needs_names_or_the_url_of_one_chart()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.ListsCatalogue = false;
        registry.PushChart("charts/web", "1.0.0");
        registry.PushChart("charts/other", "1.0.0");

        (await Open(registry, "charts", ["web"]).RefreshAsync(null, Token)).Catalogue.Packages.Select(p => p.Name).ShouldBe(["web"]);
        (await Open(registry, "charts/other").RefreshAsync(null, Token)).Catalogue.Packages.Select(p => p.Name).ShouldBe(["other"]);
        var error = await Should.ThrowAsync<ChartException>(Open(registry, "charts").RefreshAsync(null, Token));
        error.Failure.ShouldBe(ChartFailure.NotFound);
        error.Message.ShouldContain("Name the charts");
    }

    [Fact]
    public async Task Harbor_lists_the_repositories_of_a_project()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.ListsCatalogue = false;
        registry.PushChart("charts/team/web", "1.0.0");
        registry.PushChart("charts/team/other", "1.0.0");
        registry.PushChart("charts/elsewhere", "1.0.0");
        registry.HarborProjects["charts"] = ["charts/elsewhere", "charts/team/other", "charts/team/web"];
        (await Open(registry, "charts/team").RefreshAsync(null, Token)).Catalogue.Packages.Select(p => p.Name).ShouldBe(["other", "web"]);
        registry.Paths.Count(p => p.StartsWith("/api/v2.0/projects/charts/repositories", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Index_of_charts_names_the_charts_and_their_app_versions()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.ListsCatalogue = false;
        registry.PushChart("charts/web", "1.0.0");
        registry.PushChart("charts/web", "0.9.0");
        registry.PushChart("charts/not-listed", "1.0.0");
        const string Index = """
            {"entries": {"web": {"versions": [
                {"version": "1.0.0", "appVersion": "7.0", "releasedAt": "2023-06-08T12:15:48.149853788Z"},
                {"version": "0.9.0", "appVersion": "6.2", "releasedAt": "2023-01-01T00:00:00Z"}]},
              "gone": {"versions": [{"version": "1.0.0"}]}}, "apiVersion": "v1"}
            """;
        registry.Push("charts/charts-index", "latest", "application/vnd.vmware.charts.index.config.v1+json", "{}", "application/vnd.vmware.charts.index.layer.v1+json", Encoding.UTF8.GetBytes(Index));

        var snapshot = await Open(registry, "charts").RefreshAsync(null, Token);

        snapshot.Catalogue.Packages.Select(p => p.Name).ShouldBe(["web"]);
        snapshot.Catalogue.Versions("web").Select(v => (v.Version, v.AppVersion)).ShouldBe([("1.0.0", "7"), ("0.9.0", "6.2")]);
        snapshot.Catalogue.Versions("web")[1].Created.ShouldBe(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero));
        snapshot.Problems.ShouldHaveSingleItem().Chart.ShouldBe("gone");
    }

    [Fact]
    public async Task Rate_limit_fails_the_refresh_and_says_how_long_to_wait()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Override = context =>
        {
            if (!context.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "30";
            return true;
        };
        var error = await Should.ThrowAsync<ChartException>(Open(registry, "charts").RefreshAsync(null, Token));
        (error.Failure, error.RetryAfter).ShouldBe((ChartFailure.RateLimited, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Broken_chart_is_skipped_and_tried_again()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Push("charts/broken", "1.0.0", "application/vnd.cncf.helm.config.v1+json", """{"name": "broken"}""", "application/vnd.cncf.helm.chart.content.v1.tar+gzip", [1]);
        var repository = Open(registry, "charts");
        var first = await repository.RefreshAsync(null, Token);
        first.Catalogue.Packages.Select(p => p.Name).ShouldBe(["web"]);
        first.Problems.ShouldHaveSingleItem().ToString().ShouldContain("version is missing");

        // The tag stays, so only what it points to has changed.
        registry.PushChart("charts/broken", "1.0.0");
        var second = await repository.RefreshAsync(first, Token);
        second.Catalogue.Packages.Select(p => p.Name).ShouldBe(["broken", "web"]);
        second.Skipped.ShouldBe(0);
    }

    [Fact]
    public async Task Blob_that_is_not_what_its_digest_says_is_refused()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        var repository = Open(registry, "charts");
        var version = (await repository.RefreshAsync(null, Token)).Catalogue.Versions("web")[0];
        registry.CorruptBlobs();
        (await Should.ThrowAsync<ChartException>(repository.LoadAsync("web", version, Token))).Failure.ShouldBe(ChartFailure.DigestMismatch);
    }

    [Theory]
    [InlineData("charts/web:2.0.0", ChartFailure.NotFound)]
    [InlineData("charts/image:1.0.0", ChartFailure.MalformedArchive)]
    [InlineData("charts/web@sha256:0000000000000000000000000000000000000000000000000000000000000001", ChartFailure.NotFound)]
    public async Task What_is_no_chart_is_an_error(string path, ChartFailure expected)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.PushChart("charts/web", "1.0.0");
        registry.Push("charts/image", "1.0.0", "application/vnd.oci.image.config.v1+json", "{}", "application/x", [1]);
        var version = new CatalogueVersion("1.0.0", "", null, null, [$"oci://{registry.Authority}/{path}"]);
        (await Should.ThrowAsync<ChartException>(Open(registry, "charts").LoadAsync("web", version, Token))).Failure.ShouldBe(expected);
    }

    [Fact]
    public async Task Server_that_is_no_registry_is_named_as_such()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Override = context =>
        {
            context.Response.StatusCode = 404;
            return true;
        };
        var error = await Should.ThrowAsync<ChartException>(Open(registry, "charts").RefreshAsync(null, Token));
        error.Message.ShouldContain("no OCI registry");
    }

    private IChartRepository Open(FakeRegistry registry, string path, ImmutableArray<string> names = default, ChartConnection? connection = null) =>
        _factory.Open($"oci://{registry.Authority}/{path}", connection ?? new ChartConnection { PlainHttp = true }, names);
}
