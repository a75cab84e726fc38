using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Directory;

public sealed class PackageDirectoryTests
{
    private static readonly InstalledQuery All = new(Namespaces: null);

    [Fact]
    public async Task Pages_follow_each_other_within_the_namespaces_asked_for()
    {
        await using var scenario = await GrainScenario.StartAsync();
        foreach (var (ns, name) in new[] { ("a", "one"), ("b", "two"), ("a", "three"), ("c", "four") })
        {
            scenario.AddPackage(name, ns: ns);
        }

        var first = await ListAsync(scenario, new InstalledQuery(["a", "b"], Limit: 2));
        first.Packages.Select(p => p.Ref.Name).ShouldBe(["one", "three"]);
        first.HasMore.ShouldBeTrue();
        var second = await ListAsync(scenario, new InstalledQuery(["a", "b"], After: InstalledIndex.KeyOf(first.Packages[^1]), Limit: 2));
        second.Packages.Select(p => p.Ref.Name).ShouldBe(["two"]);
        second.HasMore.ShouldBeFalse();
        (await scenario.Directory.ListInstalledNamespacesAsync(TestContext.Current.CancellationToken)).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_sync_ends_with_the_first_lists_of_every_kind()
    {
        await using var scenario = await GrainScenario.StartAsync();

        await scenario.Directory.SyncAsync(TestContext.Current.CancellationToken);

        scenario.Cluster.Calls.ShouldContain(c => c.Contains("list packages", StringComparison.Ordinal));
        scenario.Cluster.Calls.ShouldContain(c => c.Contains("list repositories", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sync_tells_the_kind_that_the_cluster_lacks()
    {
        await using var scenario = await GrainScenario.StartAsync(serve: false);

        var error = await Should.ThrowAsync<PackageException>(scenario.Directory.SyncAsync(TestContext.Current.CancellationToken));

        error.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
    }

    [Fact]
    public async Task A_kind_that_the_cluster_lacks_is_named_and_used_once_it_is_there()
    {
        await using var scenario = await GrainScenario.StartAsync(serve: false);
        var error = await Should.ThrowAsync<PackageException>(ListAsync(scenario, All));
        error.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        error.Message.ShouldBe("Cluster 'default' serves no packages.fake.test in any version Wego reads (v1): install what brings it.");
        error = await Should.ThrowAsync<PackageException>(scenario.Directory.ListRepositoriesAsync(namespaces: null, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("repositories.fake.test in any version Wego reads (v2, v1)");

        scenario.Cluster.Kinds.Serve("fake.test/v1", "Package", "packages");
        scenario.AddPackage("web");
        var opened = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 1);
        await AdvanceUntilAsync(scenario, opened);
        (await ListAsync(scenario, All)).Packages.ShouldHaveSingleItem().Ref.Name.ShouldBe("web");
    }

    [Fact]
    public async Task A_version_that_is_no_longer_served_is_replaced_by_another()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.Directory.ListRepositoriesAsync(namespaces: null, TestContext.Current.CancellationToken);
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("repositories") == 1);

        scenario.Cluster.Kinds.Serve("fake.test/v2", "Repository", "repositories");
        scenario.Cluster.Fail = call => call is { Resource: "repositories", Version: "v1" } ? KubernetesFailure.NotFound : null;
        scenario.Cluster.DropWatches();
        var opened = scenario.Cluster.WhenAsync(() => scenario.Cluster.Calls.Any(c => c.Contains("watch repositories", StringComparison.Ordinal)) && scenario.Cluster.OpenWatches("repositories") == 1);
        await AdvanceUntilAsync(scenario, opened);
        var page = await scenario.Directory.ListRepositoriesAsync(namespaces: null, TestContext.Current.CancellationToken);
        page.Repositories.ShouldHaveSingleItem();
        page.StaleSince.ShouldBeNull();
    }

    [Theory]
    [InlineData(KubernetesFailure.Forbidden, PackageErrorCode.PermissionDenied)]
    [InlineData(KubernetesFailure.Unauthorized, PackageErrorCode.Unauthenticated)]
    [InlineData(KubernetesFailure.Unreachable, PackageErrorCode.Unavailable)]
    public async Task A_first_list_that_fails_is_told_and_tried_again(KubernetesFailure failure, PackageErrorCode code)
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        scenario.Cluster.Fail = call => call is { Verb: "list", Resource: "packages" } ? failure : null;
        (await Should.ThrowAsync<PackageException>(ListAsync(scenario, All))).Code.ShouldBe(code);

        scenario.Cluster.Fail = _ => null;
        var opened = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 1);
        await AdvanceUntilAsync(scenario, opened);
        var page = await ListAsync(scenario, All);
        page.Packages.ShouldHaveSingleItem();
        page.StaleSince.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_known_is_served_with_its_age_while_the_watch_is_broken()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        await ListAsync(scenario, All);
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 1);
        var heard = scenario.Clock.GetUtcNow();

        var calls = scenario.Cluster.Calls.Count;
        scenario.Cluster.Fail = call => call.Resource == "packages" ? KubernetesFailure.Unreachable : null;
        scenario.Cluster.DropWatches();
        // The second call shows that the grain was told of the first one's failure.
        var failed = scenario.Cluster.WhenAsync(() => scenario.Cluster.Calls.Skip(calls).Count(c => c.Contains(" packages ", StringComparison.Ordinal)) >= 2);
        await AdvanceUntilAsync(scenario, failed);
        var page = await ListAsync(scenario, All);
        page.Packages.ShouldHaveSingleItem();
        page.StaleSince.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(heard);

        scenario.Cluster.Fail = _ => null;
        var opened = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 1);
        await AdvanceUntilAsync(scenario, opened);
        scenario.AddPackage("db");
        await scenario.Cluster.SettledAsync();
        page = await ListAsync(scenario, All);
        page.StaleSince.ShouldBeNull();
        page.Packages.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_watch_begins_with_what_is_there_and_goes_on_with_changes()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        scenario.AddPackage("other", ns: "elsewhere");
        await using var events = scenario.Directory.WatchInstalledAsync(new InstalledQuery(["apps"]), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await NextAsync(events)).ShouldBe("Present web 1");
        (await NextAsync(events)).ShouldBe("Synced  ");
        scenario.AddPackage("more", ns: "elsewhere");
        scenario.AddPackage("web", revision: 2);
        (await NextAsync(events)).ShouldBe("Present web 2");
        await scenario.RemovePackageAsync("web");
        (await NextAsync(events)).ShouldBe("Deleted web 2");
    }

    [Fact]
    public async Task Who_created_a_package_can_wait_until_lists_show_it()
    {
        await using var scenario = await GrainScenario.StartAsync();
        var seen = scenario.Directory.WaitForInstalledAsync(FakePackageFormat.RefOf("apps", "web"), TestContext.Current.CancellationToken);
        await ListAsync(scenario, All);
        seen.IsCompleted.ShouldBeFalse();
        scenario.AddPackage("db");
        scenario.AddPackage("web");
        await seen;
        (await ListAsync(scenario, All)).Packages.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_plugin_without_an_interface_says_so()
    {
        await using var scenario = await GrainScenario.StartAsync();
        var directory = scenario.Grains.GetDirectory(FakePlugins.Bare, "default");
        (await Should.ThrowAsync<PackageException>(directory.ListInstalledAsync(All, new Caller("t"), TestContext.Current.CancellationToken))).Message.ShouldBe("Plugin 'bare.packages' has no packages.");
        (await Should.ThrowAsync<PackageException>(directory.ListRepositoryNamespacesAsync(TestContext.Current.CancellationToken))).Code.ShouldBe(PackageErrorCode.Unimplemented);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task An_idle_directory_ends_its_watches()
    {
        await using var scenario = await GrainScenario.StartAsync(idle: TimeSpan.FromMinutes(5));
        scenario.Clock.Advance(TimeSpan.FromSeconds(30));
        await ListAsync(scenario, All);
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") + scenario.Cluster.OpenWatches("repositories") == 2);
        var ended = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") + scenario.Cluster.OpenWatches("repositories") == 0);
        // Idle activations are looked for every full minute.
        scenario.Clock.Advance(TimeSpan.FromSeconds(330));
        await ended;
    }

    private static Task<InstalledPage> ListAsync(GrainScenario scenario, InstalledQuery query) => scenario.Directory.ListInstalledAsync(query, new Caller("t"), TestContext.Current.CancellationToken);

    private static async Task<string> NextAsync(IAsyncEnumerator<InstalledPackageEvent> events)
    {
        (await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        return $"{events.Current.Type} {events.Current.Package?.Ref.Name} {events.Current.Package?.Revision}";
    }

    // Retries arm their timers beside the test, one after the other.
    private static async Task AdvanceUntilAsync(GrainScenario scenario, Task done)
    {
        while (!done.IsCompleted)
        {
            scenario.Clock.Advance(TimeSpan.FromSeconds(1));
            await scenario.Directory.ListRepositoriesAsync(namespaces: null, TestContext.Current.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await done;
    }
}
