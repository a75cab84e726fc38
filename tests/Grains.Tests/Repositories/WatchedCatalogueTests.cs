using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Repositories;

/// <summary>Catalogues of formats whose packages lie in the cluster as objects.</summary>
public sealed class WatchedCatalogueTests
{
    private static readonly GroupVersionResource s_titles = new("fake.test", "v1", "titles");
    private static readonly GroupVersionResource s_versions = new("fake.test", "v1", "versions");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_offers_the_packages_that_name_it_in_its_own_namespace()
    {
        await using var scenario = await StartAsync();
        AddSource(scenario, "apps", "main");
        AddPackage(scenario, "apps", "redis", "main", "1.0.0", "1.1.0");
        AddPackage(scenario, "apps", "nginx", "other", "1.0.0");
        AddPackage(scenario, "elsewhere", "mysql", "main", "1.0.0");

        (await SearchAsync(scenario, "apps", "main")).ShouldBe(["redis 1.1.0"]);
        (await SearchAsync(scenario, "apps", "other")).ShouldBe(["nginx 1.0.0"]);
        (await SearchAsync(scenario, "elsewhere", "main")).ShouldBe(["mysql 1.0.0"]);
    }

    [Fact]
    public async Task The_directory_lists_repositories_that_packages_name_though_there_is_no_object()
    {
        await using var scenario = await StartAsync();
        AddSource(scenario, "apps", "main");
        AddSource(scenario, "apps", "empty");
        AddPackage(scenario, "apps", "redis", "main", "1.0.0");
        AddPackage(scenario, "apps", "nginx", "", "1.0.0");
        AddPackage(scenario, "b", "mysql", "gone", "1.0.0");

        var page = await Directory(scenario).ListRepositoriesAsync(null, Cancellation);
        page.Repositories.Select(r => $"{r.Summary.Ref.Namespace}/{r.Summary.Ref.Name} {r.IsImplied}").ShouldBe(
            ["apps/empty False", "b/gone True", "apps/main False", "apps/unnamed True"]);
        (await Directory(scenario).ListRepositoriesAsync(["b"], Cancellation)).Repositories.Length.ShouldBe(1);

        // One that gets an object is implied no more, one that loses its packages is gone.
        AddSource(scenario, "b", "gone");
        await RemoveAsync(scenario, s_titles, "apps", "nginx");
        await RemoveAsync(scenario, s_versions, "apps", "nginx.1.0.0");
        await scenario.Cluster.SettledAsync();
        page = await Directory(scenario).ListRepositoriesAsync(null, Cancellation);
        page.Repositories.Select(r => $"{r.Summary.Ref.Name} {r.IsImplied}").ShouldBe(["empty False", "gone False", "main False"]);
        (await Should.ThrowAsync<PackageException>(() => SearchAsync(scenario, "apps", "unnamed"))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    [Fact]
    public async Task A_burst_of_changes_is_built_once_and_only_what_changed()
    {
        await using var scenario = await StartAsync();
        AddSource(scenario, "apps", "main");
        for (var i = 0; i < 100; i++)
        {
            AddPackage(scenario, "apps", $"package-{i:000}", "main", "1.0.0");
        }

        (await SearchAsync(scenario, "apps", "main")).Length.ShouldBe(100);
        scenario.Plugins.WatchedRepositories.Built.ShouldBe(100);
        (await SearchAsync(scenario, "apps", "main")).Length.ShouldBe(100);
        scenario.Plugins.WatchedRepositories.Built.ShouldBe(100);

        for (var i = 0; i < 50; i++)
        {
            AddVersion(scenario, "apps", "package-007", $"2.0.{i}");
        }

        await scenario.Cluster.SettledAsync();
        (await SearchAsync(scenario, "apps", "main")).ShouldContain("package-007 2.0.9");
        scenario.Plugins.WatchedRepositories.Built.ShouldBe(101);
    }

    [Fact]
    public async Task Changes_of_objects_are_seen_and_another_repository_is_not_built_for_them()
    {
        await using var scenario = await StartAsync();
        AddPackage(scenario, "apps", "redis", "main", "1.0.0");
        AddPackage(scenario, "apps", "nginx", "other", "1.0.0");
        (await SearchAsync(scenario, "apps", "main")).ShouldBe(["redis 1.0.0"]);
        (await SearchAsync(scenario, "apps", "other")).ShouldBe(["nginx 1.0.0"]);
        var revision = (await Directory(scenario).GetCatalogueAsync("apps", "other", "", Cancellation)).Revision;

        // The whole package moves to another repository.
        AddTitle(scenario, "apps", "redis", "third");
        await scenario.Cluster.SettledAsync();
        (await SearchAsync(scenario, "apps", "third")).ShouldBe(["redis 1.0.0"]);
        (await Should.ThrowAsync<PackageException>(() => SearchAsync(scenario, "apps", "main"))).Code.ShouldBe(PackageErrorCode.NotFound);
        (await Directory(scenario).GetCatalogueAsync("apps", "other", revision, Cancellation)).Packages.ShouldBeNull();

        await RemoveAsync(scenario, s_versions, "apps", "nginx.1.0.0");
        await scenario.Cluster.SettledAsync();
        (await SearchAsync(scenario, "apps", "other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_incomplete_is_left_out_and_told()
    {
        await using var scenario = await StartAsync();
        AddSource(scenario, "apps", "main");
        AddPackage(scenario, "apps", "redis", "main", "1.0.0");
        AddTitle(scenario, "apps", "no-versions", "main");
        AddVersion(scenario, "apps", "no-title", "1.0.0", "main");

        (await SearchAsync(scenario, "apps", "main")).ShouldBe(["redis 1.0.0"]);
        var state = await Repository(scenario, "apps", "main").GetStateAsync(Cancellation);
        state.Warning.ShouldBe("2 packages are incomplete; first: no-title has no title; no-versions has no versions");
        state.Packages.ShouldBe(1);
        (await Directory(scenario).ListRepositoriesAsync(null, Cancellation)).Repositories.ShouldHaveSingleItem().Catalogue!.Warning.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_package_is_found_by_its_name_in_its_namespace_then_in_the_global_one()
    {
        await using var scenario = await StartAsync();
        AddPackage(scenario, "apps", "redis", "main", "1.0.0");
        AddPackage(scenario, FakeWatchedFormat.GlobalName, "redis", "shared", "2.0.0");
        AddPackage(scenario, FakeWatchedFormat.GlobalName, "nginx", "", "2.0.0");
        AddPackage(scenario, "elsewhere", "mysql", "main", "1.0.0");

        ImmutableArray<AvailablePackageRef> asked = [Package("apps", "stale", "redis"), Package("apps", "stale", "nginx"), Package("apps", "stale", "mysql")];
        var resolved = await Directory(scenario).ResolveAsync(asked, Cancellation);
        resolved.ShouldBe([Package("apps", "main", "redis"), Package(FakeWatchedFormat.GlobalName, "unnamed", "nginx"), null]);
    }

    [Fact]
    public async Task Content_belongs_to_an_implied_repository_like_to_any()
    {
        await using var scenario = await StartAsync();
        AddPackage(scenario, "apps", "redis", "", "1.0.0");
        var detail = await Repository(scenario, "apps", "unnamed").GetPackageAsync("redis", "", Cancellation);
        detail.Content.Readme.ShouldBe("of apps/unnamed");
        detail.RepositoryUrl.ShouldBeEmpty();
    }

    [Fact]
    public async Task Objects_that_cannot_be_listed_are_the_answer_until_they_can()
    {
        await using var scenario = await StartAsync(serve: false);
        AddSource(scenario, "apps", "main");
        var failure = await Should.ThrowAsync<PackageException>(() => SearchAsync(scenario, "apps", "main"));
        failure.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        failure.Message.ShouldContain("titles.fake.test");
        // The repositories that there are can be listed all the same.
        (await Directory(scenario).ListRepositoriesAsync(null, Cancellation)).Repositories.Length.ShouldBe(1);

        Serve(scenario);
        AddPackage(scenario, "apps", "redis", "main", "1.0.0");
        // The watches of the two kinds pause each by itself.
        while (scenario.Cluster.OpenWatches("versions") != 1 || scenario.Cluster.OpenWatches("titles") != 1)
        {
            await scenario.Clock.WaitForTimersAsync();
            scenario.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await SearchAsync(scenario, "apps", "main")).ShouldBe(["redis 1.0.0"]);
    }

    [Fact]
    public async Task All_repositories_share_one_watch_of_each_kind_over_all_namespaces()
    {
        await using var scenario = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            AddSource(scenario, $"team-{i}", "main");
            AddPackage(scenario, $"team-{i}", "redis", "main", "1.0.0");
        }

        for (var i = 0; i < 10; i++)
        {
            (await SearchAsync(scenario, $"team-{i}", "main")).ShouldBe(["redis 1.0.0"]);
        }

        await scenario.Cluster.SettledAsync();
        scenario.Cluster.OpenWatches("titles").ShouldBe(1);
        scenario.Cluster.OpenWatches("versions").ShouldBe(1);
    }

    private static async Task<GrainScenario> StartAsync(bool serve = true)
    {
        var scenario = await GrainScenario.StartAsync();
        scenario.Cluster.Kinds.Serve("fake.test/v1", "Source", "sources");
        if (serve)
        {
            Serve(scenario);
        }

        return scenario;
    }

    private static void Serve(GrainScenario scenario) => scenario.Cluster.Kinds.Serve("fake.test/v1", "Title", "titles").Serve("fake.test/v1", "Version", "versions");

    private static IPackageDirectoryGrain Directory(GrainScenario scenario) => scenario.Grains.GetDirectory(FakePlugins.Watched, "default");

    private static IRepositoryGrain Repository(GrainScenario scenario, string ns, string name) => scenario.Grains.GetRepository(new RepositoryRef(FakePlugins.Watched, "default", ns, name));

    private static AvailablePackageRef Package(string ns, string repository, string name) => new(new RepositoryRef(FakePlugins.Watched, "default", ns, repository), name);

    private static async Task<string[]> SearchAsync(GrainScenario scenario, string ns, string repository)
    {
        var slice = await Repository(scenario, ns, repository).SearchAsync(CatalogueQuery.All, Cancellation);
        return [.. slice.Packages.Select(p => $"{p.Ref.Package} {p.LatestVersion.Version}")];
    }

    private static void AddSource(GrainScenario scenario, string ns, string name) => Add(scenario, "Source", ns, name, new JsonObject { ["url"] = "u" });

    private static void AddPackage(GrainScenario scenario, string ns, string package, string repository, params string[] versions)
    {
        AddTitle(scenario, ns, package, repository);
        foreach (var version in versions)
        {
            AddVersion(scenario, ns, package, version, repository);
        }
    }

    private static void AddTitle(GrainScenario scenario, string ns, string package, string repository) =>
        Add(scenario, "Title", ns, package, new JsonObject { ["package"] = package, ["title"] = package, ["repository"] = repository });

    private static void AddVersion(GrainScenario scenario, string ns, string package, string version, string repository = "") =>
        Add(scenario, "Version", ns, $"{package}.{version}", new JsonObject { ["package"] = package, ["version"] = version, ["repository"] = repository });

    private static void Add(GrainScenario scenario, string kind, string ns, string name, JsonObject spec) => scenario.Cluster.Add(new JsonObject
    {
        ["apiVersion"] = "fake.test/v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = spec,
    });

    private static Task RemoveAsync(GrainScenario scenario, GroupVersionResource resource, string ns, string name) =>
        scenario.Cluster.DeleteAsync(KubernetesIdentity.Service, resource, ns, name, new DeleteOptions(), Cancellation);
}
