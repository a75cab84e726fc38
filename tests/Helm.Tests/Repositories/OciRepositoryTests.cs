using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>Repositories of type oci, against Debian's <c>docker-registry</c>.</summary>
[Trait(Needs.Trait, Needs.DockerRegistry)]
public sealed class OciRepositoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Charts_are_listed_filtered_read_and_downloaded()
    {
        await using var registry = await StartAsync();
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        var (source, cluster) = (new HelmCatalogueSource(factory), Cluster());
        var call = new PluginCall(cluster, KubernetesIdentity.Bearer("token-of-the-caller"));
        // As Kubeapps writes it: the scheme of the API says whether there is TLS.
        var repository = Repository($"http://{registry.Authority}/charts", """{"filterRule": {"jq": ".name != \"hidden\""}}""");
        cluster.Add(repository.ToJsonObject());

        var read = await source.RefreshAsync(repository, null, call, Cancellation);
        var again = await source.RefreshAsync(repository, read.Validators, call, Cancellation);
        var web = read.Catalogue!.Find("team/web")!;
        var content = await source.FetchContentAsync(repository, web, "1.1.0", call, Cancellation);
        var archive = await new HelmArchiveSource(factory).FetchAsync(ArchiveOf(web, "1.1.0"), call, Cancellation);

        read.Catalogue.Packages.Select(p => p.Id).ShouldBe(["redis", "team%2Fweb"]);
        web.Versions.Select(v => v.Version).ShouldBe(["1.1.0", "1.0.0"]);
        again.Catalogue.ShouldBeNull();
        content.Readme.ShouldBe("# web\n");
        archive.Content.ToArray().ShouldBe(ChartServer.Archive);
        await source.ProbeAsync(repository, () => AppRepositoryConnection.ReadAsync(repository, call, Cancellation), Cancellation);
    }

    [Fact]
    public async Task What_refers_to_a_version_is_told_with_its_annotations()
    {
        await using var registry = await StartAsync();
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        var (source, call) = (new HelmCatalogueSource(factory), new PluginCall(Cluster(), KubernetesIdentity.Service));
        var repository = Repository($"http://{registry.Authority}/charts", """{"ociRepositories": ["redis"]}""");
        var digest = await registry.PushReferrerAsync("charts/redis", "2.0.0", "application/vnd.example.sbom", "List of parts", Cancellation);

        var redis = (await source.RefreshAsync(repository, null, call, Cancellation)).Catalogue!.Find("redis")!;
        var metadata = await source.FetchMetadataAsync(repository, redis, "2.0.0", call, Cancellation);

        var found = metadata.ShouldHaveSingleItem();
        (found.Name, found.ArtifactType, found.Digest).ShouldBe(("List of parts", "application/vnd.example.sbom", digest));
        (await Should.ThrowAsync<PackageException>(() => source.FetchMetadataAsync(repository, redis, "9.9.9", call, Cancellation))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    [Theory]
    [InlineData("""{"ociRepositories": ["redis"]}""", null, "redis")]
    [InlineData("""{"ociRepositories": ["redis", "nowhere"]}""", "nowhere", "redis")]
    [InlineData("""{"ociRepositories": ["image"]}""", "image:1.0.0 is no Helm chart", "")]
    public async Task Charts_that_are_named_are_the_only_ones_and_probed_one_by_one(string spec, string? problem, string offered)
    {
        await using var registry = await StartAsync();
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        var source = new HelmCatalogueSource(factory);
        var call = new PluginCall(Cluster(), KubernetesIdentity.Service);
        var repository = Repository($"http://{registry.Authority}/charts", spec);

        var read = await source.RefreshAsync(repository, null, call, Cancellation);
        var probe = () => source.ProbeAsync(repository, () => AppRepositoryConnection.ReadAsync(repository, call, Cancellation), Cancellation);

        string.Join(',', read.Catalogue!.Packages.Select(p => p.Name)).ShouldBe(offered);
        if (problem is null)
        {
            await probe();
        }
        else
        {
            var refused = await Should.ThrowAsync<PackageException>(probe);
            refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
            refused.Message.ShouldContain(problem);
        }
    }

    [Fact]
    public async Task A_registry_without_charts_below_the_path_fails_the_probe()
    {
        await using var registry = await StartAsync();
        using var factory = new ChartRepositoryFactory(ChartRepositoryOptions.Default, TimeProvider.System);
        var repository = Repository($"http://{registry.Authority}/nothing", "{}");

        var refused = await Should.ThrowAsync<PackageException>(() => new HelmCatalogueSource(factory).ProbeAsync(
            repository, () => Task.FromResult(AppRepositoryConnection.Create(repository, null, null, null)), Cancellation));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
    }

    private static async Task<DockerRegistry> StartAsync()
    {
        var registry = await DockerRegistry.StartAsync(Cancellation);
        Assert.SkipWhen(registry is null, "The program docker-registry is absent (Debian: apt-get install docker-registry).");
        foreach (var (path, version) in new[] { ("charts/team/web", "1.0.0"), ("charts/team/web", "1.1.0"), ("charts/redis", "2.0.0"), ("charts/hidden", "1.0.0"), ("other/chart", "1.0.0") })
        {
            await registry.PushChartAsync(path, version, ChartServer.Archive, Cancellation);
        }

        await registry.PushImageAsync("charts/image", "1.0.0", Cancellation);
        return registry;
    }

    private static PackageArchive ArchiveOf(CataloguePackage package, string version)
    {
        var row = package.Versions.Find(version)!.Value;
        var reference = new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, "default", "team-a", "charts"), package.Name);
        return new PackageArchive(reference, row.Version, row.Urls, row.Digest?.ToString() ?? "");
    }

    private static FakeKubernetesClient Cluster()
    {
        var cluster = new FakeKubernetesClient();
        cluster.Kinds.Serve("v1", "Secret", "secrets").Serve("kubeapps.com/v1alpha1", "AppRepository", "apprepositories");
        return cluster;
    }

    private static KubernetesObject Repository(string url, string spec)
    {
        var whole = JsonNode.Parse(spec)!.AsObject();
        (whole["type"], whole["url"]) = ("oci", url);
        return KubernetesObject.From(new JsonObject
        {
            ["apiVersion"] = "kubeapps.com/v1alpha1",
            ["kind"] = "AppRepository",
            ["metadata"] = new JsonObject { ["name"] = "charts", ["namespace"] = "team-a" },
            ["spec"] = whole,
        });
    }
}
