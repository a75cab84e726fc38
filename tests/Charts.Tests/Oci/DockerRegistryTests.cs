using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Oci;

/// <summary>The same against a registry that nobody here wrote: Debian's package <c>docker-registry</c>.</summary>
[Trait(Needs.Trait, Needs.DockerRegistry)]
public sealed class DockerRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Charts_are_listed_and_read()
    {
        await using var registry = await DockerRegistry.StartAsync(Token);
        Assert.SkipWhen(registry is null, "The program docker-registry is absent (Debian: apt-get install docker-registry).");
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        foreach (var (name, version) in new[] { ("web", "1.0.0"), ("web", "1.1.0+b.1"), ("web", "0.9.0"), ("team/database", "2.0.0") })
        {
            await PushAsync(registry.Url, $"charts/{name}", version);
        }

        var repository = factory.Open($"oci://{registry.Authority}/charts", new ChartConnection { PlainHttp = true });
        var snapshot = await repository.RefreshAsync(null, Token);
        snapshot.Problems.ShouldBeEmpty();
        snapshot.Catalogue.Packages.Select(p => p.Name).ShouldBe(["team/database", "web"]);
        snapshot.Catalogue.Versions("web").Select(v => v.Version).ShouldBe(["1.1.0+b.1", "1.0.0", "0.9.0"]);
        snapshot.Catalogue.Find("web")?.Newest.AppVersion.ShouldBe("7");
        var content = await repository.LoadAsync("web", snapshot.Catalogue.Versions("web")[0], Token);
        (content.Name, content.Version).ShouldBe(("web", "1.1.0+b.1"));
        (await repository.RefreshAsync(snapshot, Token)).Catalogue.ShouldBeSameAs(snapshot.Catalogue);

        var opened = factory.OpenRegistry($"oci://{registry.Authority}/charts", new ChartConnection { PlainHttp = true });
        (await opened.ListRepositoriesAsync(OciProvider.Detect, ["helm"], Token).ToListAsync(Token)).ShouldBe(["charts/team/database", "charts/web"]);
        // It has no API of referrers, and nothing under the tag that stands in for it.
        (await opened.ListReferrersAsync("web", snapshot.Catalogue.Versions("web")[0], Token)).ShouldBeEmpty();
    }

    private static async Task PushAsync(Uri registry, string repository, string version)
    {
        using var http = new HttpClient { BaseAddress = registry };
        var name = repository[(repository.LastIndexOf('/') + 1)..];
        var config = Encoding.UTF8.GetBytes($$"""{"name": "{{name}}", "version": "{{version}}", "appVersion": "7"}""");
        var archive = ChartPackage.Small(name, version);
        var manifest = JsonContent.Create(
            new
            {
                schemaVersion = 2,
                mediaType = "application/vnd.oci.image.manifest.v1+json",
                config = new { mediaType = "application/vnd.cncf.helm.config.v1+json", digest = await PushBlobAsync(http, repository, config), size = config.Length },
                layers = new[] { new { mediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest = await PushBlobAsync(http, repository, archive), size = archive.Length } },
            },
            new MediaTypeHeaderValue("application/vnd.oci.image.manifest.v1+json"));
        using var answer = await http.PutAsync($"v2/{repository}/manifests/{version.Replace('+', '_')}", manifest, Token);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<string> PushBlobAsync(HttpClient http, string repository, byte[] content)
    {
        using var upload = await http.PostAsync($"v2/{repository}/blobs/uploads/", null, Token);
        upload.EnsureSuccessStatusCode();
        var digest = ContentDigest.Compute(content).ToString();
        var location = new Uri(http.BaseAddress!, upload.Headers.Location!);
        using var answer = await http.PutAsync($"{location}{(location.Query.Length > 0 ? '&' : '?')}digest={Uri.EscapeDataString(digest)}", new ByteArrayContent(content), Token);
        answer.EnsureSuccessStatusCode();
        return digest;
    }
}
