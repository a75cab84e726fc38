using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Repositories;

public sealed class HttpChartRepositoryTests : IDisposable
{
    private const string Index = "apiVersion: v1\nentries: {app: [{version: 1.0.0, urls: [charts/app-1.0.0.tgz]}]}\n";

    private readonly FakeTimeProvider _time = new();
    private readonly ChartRepositoryFactory _factory;

    public HttpChartRepositoryTests() =>
        _factory = new ChartRepositoryFactory(new ChartRepositoryOptions { Index = new ChartIndexLimits { MaxBytes = 10_000 }, MaxRedirects = 3 }, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Index_is_asked_for_again_only_if_it_changed()
    {
        var tag = "\"one\"";
        await using var server = await FakeServer.StartAsync(async context =>
        {
            context.Response.Headers.ETag = tag;
            context.Response.Headers.LastModified = "Wed, 21 Oct 2015 07:28:00 GMT";
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            await context.Response.WriteAsync(Index + (tag == "\"one\"" ? "" : "generated: later\n"), context.RequestAborted);
        });
        var repository = _factory.Open(server.Url + "/stable/", ChartConnection.Anonymous);
        var first = await repository.RefreshAsync(null, Token);
        first.Catalogue.Find("app").ShouldNotBeNull();
        var second = await repository.RefreshAsync(first, Token);
        second.Catalogue.ShouldBeSameAs(first.Catalogue);
        tag = "\"two\"";
        var third = await repository.RefreshAsync(second, Token);
        third.Catalogue.ShouldNotBeSameAs(first.Catalogue);
        third.Revision.ETag.ShouldBe("\"two\"");
        server.Requests.Select(r => r.Path).ShouldBe(["/stable/index.yaml", "/stable/index.yaml", "/stable/index.yaml"]);
        server.Requests.Last().Headers.IfModifiedSince.ToString().ShouldBe("Wed, 21 Oct 2015 07:28:00 GMT");
    }

    [Fact]
    public async Task Server_without_conditions_is_no_reason_to_parse_the_same_again()
    {
        await using var server = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted));
        var repository = _factory.Open(server.Url, ChartConnection.Anonymous);
        var first = await repository.RefreshAsync(null, Token);
        (await repository.RefreshAsync(first, Token)).Catalogue.ShouldBeSameAs(first.Catalogue);
    }

    [Fact]
    public async Task Packed_index_is_unpacked()
    {
        await using var server = await FakeServer.StartAsync(c => GzipAsync(c, Index));
        (await RefreshAsync(server.Url)).Catalogue.VersionCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("announced")]
    [InlineData("chunked")]
    [InlineData("packed")]
    public async Task Index_beyond_the_limit_is_refused(string how)
    {
        await using var server = await FakeServer.StartAsync(async context =>
        {
            if (how == "packed")
            {
                await GzipAsync(context, new string(' ', 5_000_000));
                return;
            }

            context.Response.ContentLength = how == "announced" ? 20_000 : null;
            await context.Response.WriteAsync(new string(' ', 20_000), context.RequestAborted);
        });
        var error = await Should.ThrowAsync<ChartException>(RefreshAsync(server.Url));
        error.Failure.ShouldBe(ChartFailure.TooLarge);
        error.Message.ShouldContain("10000 bytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Slow_server_is_given_up(bool begins)
    {
        await using var server = await FakeServer.StartAsync(async context =>
        {
            if (begins)
            {
                await context.Response.WriteAsync("apiVersion: v1\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            _time.Advance(TimeSpan.FromSeconds(60));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var error = await Should.ThrowAsync<ChartException>(RefreshAsync(server.Url));
        error.Failure.ShouldBe(ChartFailure.TimedOut);
        error.Message.ShouldContain("60 seconds");
    }

    [Fact]
    public async Task Caller_who_gives_up_gets_no_error_of_the_repository()
    {
        using var impatient = new CancellationTokenSource();
        await using var server = await FakeServer.StartAsync(async context =>
        {
            await impatient.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await Should.ThrowAsync<OperationCanceledException>(_factory.Open(server.Url, ChartConnection.Anonymous).RefreshAsync(null, impatient.Token));
    }

    [Fact]
    public async Task Server_that_is_not_there_is_an_error_that_says_so()
    {
        var server = await FakeServer.StartAsync(_ => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();
        var error = await Should.ThrowAsync<ChartException>(RefreshAsync(url));
        error.Failure.ShouldBe(ChartFailure.Unreachable);
        error.Message.ShouldContain("refused");
    }

    [Theory]
    [InlineData(401, ChartFailure.Unauthorized)]
    [InlineData(403, ChartFailure.Forbidden)]
    [InlineData(404, ChartFailure.NotFound)]
    [InlineData(410, ChartFailure.NotFound)]
    [InlineData(429, ChartFailure.RateLimited)]
    [InlineData(503, ChartFailure.ServerError)]
    [InlineData(418, ChartFailure.UnexpectedAnswer)]
    [InlineData(304, ChartFailure.UnexpectedAnswer)]
    public async Task Status_is_told_apart(int status, ChartFailure expected)
    {
        await using var server = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "17";
            return Task.CompletedTask;
        });
        var repository = _factory.Open(server.Url + "?token=s3cret", new ChartConnection { Credentials = ChartCredentials.Basic("ada", "pa55") });
        var error = await Should.ThrowAsync<ChartException>(repository.RefreshAsync(null, Token));
        (error.Failure, error.HttpStatus, error.RetryAfter).ShouldBe((expected, status, TimeSpan.FromSeconds(17)));
        error.Message.ShouldStartWith(server.Url + "/index.yaml");
        error.ToString().ShouldNotContain("s3cret");
        error.ToString().ShouldNotContain("pa55");
        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/index.yaml?token=s3cret");
    }

    [Fact]
    public async Task Date_to_retry_at_counts_from_now()
    {
        await using var server = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = (_time.GetUtcNow() + TimeSpan.FromMinutes(2)).ToString("R");
            return Task.CompletedTask;
        });
        (await Should.ThrowAsync<ChartException>(RefreshAsync(server.Url))).RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Html_is_named_as_such()
    {
        await using var server = await FakeServer.StartAsync(c => c.Response.WriteAsync("\n<!doctype html><title>Sign in</title>", c.RequestAborted));
        var error = await Should.ThrowAsync<ChartException>(RefreshAsync(server.Url));
        error.Failure.ShouldBe(ChartFailure.MalformedIndex);
        error.Message.ShouldContain("HTML");
    }

    [Fact]
    public async Task Broken_entry_is_skipped_and_reported()
    {
        await using var server = await FakeServer.StartAsync(c =>
            c.Response.WriteAsync("apiVersion: v1\nentries: {app: [{version: 1.0.0}, {version: {}}], other: [{version: 2.0.0}]}", c.RequestAborted));
        var snapshot = await RefreshAsync(server.Url);
        snapshot.Catalogue.Packages.Length.ShouldBe(2);
        snapshot.Skipped.ShouldBe(1);
        snapshot.Problems.ShouldHaveSingleItem().Chart.ShouldBe("app");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_hosts_see_credentials_only_if_told_so(bool pass)
    {
        await using var other = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted));
        await using var server = await FakeServer.StartAsync(context =>
        {
            context.Response.Redirect(context.Request.Path.StartsWithSegments("/moved", StringComparison.Ordinal) ? other.Url + "/index.yaml" : "/moved/index.yaml", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var connection = new ChartConnection { Credentials = ChartCredentials.Bearer("t0ken"), PassCredentials = pass };
        await _factory.Open(server.Url, connection).RefreshAsync(null, Token);
        server.Requests.Count.ShouldBe(2);
        server.Requests.ShouldAllBe(r => r.Headers.Authorization == "Bearer t0ken");
        other.Requests.ShouldHaveSingleItem().Headers.Authorization.ToString().ShouldBe(pass ? "Bearer t0ken" : "");
    }

    [Fact]
    public async Task Repositories_learn_nothing_of_the_caller()
    {
        await using var server = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted));
        using var call = new Activity("call").AddBaggage("user", "somebody").Start();

        await _factory.Open(server.Url, ChartConnection.Anonymous).RefreshAsync(null, Token);

        string[] names = [.. server.Requests.ShouldHaveSingleItem().Headers.Keys];
        names.ShouldNotContain("traceparent", StringComparer.OrdinalIgnoreCase);
        names.ShouldNotContain("baggage", StringComparer.OrdinalIgnoreCase);
        names.ShouldNotContain("Correlation-Context", StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/again", "more than 3 times")]
    [InlineData("file:///etc/passwd", "scheme file")]
    [InlineData("gopher://x.example/", "scheme gopher")]
    public async Task Redirects_are_bounded_and_stay_on_the_web(string location, string expected)
    {
        await using var server = await FakeServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });
        var error = await Should.ThrowAsync<ChartException>(RefreshAsync(server.Url));
        error.Failure.ShouldBe(ChartFailure.BadRedirect);
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("charts.example")]
    [InlineData("/relative")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://charts.example")]
    [InlineData("https://ada:s3cret@charts.example")]
    public void Url_of_another_kind_is_refused(string url)
    {
        var error = Should.Throw<ChartException>(() => _factory.Open(url, ChartConnection.Anonymous));
        error.Failure.ShouldBe(ChartFailure.InvalidUrl);
        error.Message.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("charts/app-1.0.0.tgz", true)]
    [InlineData("/charts/app-1.0.0.tgz", true)]
    [InlineData("OTHER/app-1.0.0.tgz", false)]
    public async Task Chart_is_downloaded_and_read(string address, bool own)
    {
        var archive = ChartPackage.Small();
        await using var other = await FakeServer.StartAsync(c => c.Response.Body.WriteAsync(archive, c.RequestAborted).AsTask());
        await using var server = await FakeServer.StartAsync(c => c.Response.Body.WriteAsync(archive, c.RequestAborted).AsTask());
        var repository = _factory.Open(server.Url + "/stable", new ChartConnection { Credentials = ChartCredentials.Basic("ada", "pa55") });
        var version = Version(address.Replace("OTHER", other.Url, StringComparison.Ordinal), ContentDigest.Compute(archive));
        var content = await repository.LoadAsync("app", version, Token);
        content.DefaultValues.ShouldBe("replicas: 1\n");
        var request = (own ? server : other).Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe(address.StartsWith('/') ? "/charts/app-1.0.0.tgz" : own ? "/stable/charts/app-1.0.0.tgz" : "/app-1.0.0.tgz");
        (request.Headers.Authorization.Count > 0).ShouldBe(own);
    }

    [Fact]
    public async Task Chart_that_is_not_what_the_index_promises_is_refused()
    {
        await using var server = await FakeServer.StartAsync(c => c.Response.Body.WriteAsync(ChartPackage.Small(), c.RequestAborted).AsTask());
        var repository = _factory.Open(server.Url, ChartConnection.Anonymous);
        (await Should.ThrowAsync<ChartException>(repository.LoadAsync("app", Version("a.tgz", ContentDigest.Compute("x"u8)), Token))).Failure.ShouldBe(ChartFailure.DigestMismatch);
        (await Should.ThrowAsync<ChartException>(repository.LoadAsync("app", Version("file:///etc/passwd", null), Token))).Failure.ShouldBe(ChartFailure.InvalidUrl);
        (await Should.ThrowAsync<ChartException>(repository.LoadAsync("app", Version("//evil.example/a.tgz", null), Token))).Failure.ShouldBe(ChartFailure.InvalidUrl);
        (await Should.ThrowAsync<ChartException>(repository.LoadAsync("app", Version(null, null), Token))).Failure.ShouldBe(ChartFailure.NotFound);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Proxy_is_used()
    {
        await using var proxy = await FakeServer.StartAsync(c => c.Response.WriteAsync(Index, c.RequestAborted));
        var repository = _factory.Open("http://charts.example/stable", new ChartConnection { Proxy = ChartProxy.ForAll(new Uri(proxy.Url)) });
        (await repository.RefreshAsync(null, Token)).Catalogue.VersionCount.ShouldBe(1);
        proxy.Requests.ShouldHaveSingleItem().Headers.Host.ToString().ShouldBe("charts.example");
    }

    private static CatalogueVersion Version(string? url, ContentDigest? digest) => new("1.0.0", "", null, digest, url is null ? [] : [url]);

    private static async Task GzipAsync(HttpContext context, string text)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }

    private Task<ChartSnapshot> RefreshAsync(string url) => _factory.Open(url, ChartConnection.Anonymous).RefreshAsync(null, Token);
}
