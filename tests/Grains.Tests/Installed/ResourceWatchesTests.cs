using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Installed;

public sealed class ResourceWatchesTests
{
    private static readonly ResourceRef Settings = new("v1", "ConfigMap", "settings", "apps");

    [Fact]
    public async Task All_who_look_share_one_watch()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddConfigMap("settings", "one");
        await using var first = Watch(scenario, Settings);
        await using var second = Watch(scenario, Settings);
        (await NextAsync(first)).ShouldBe("one");
        (await NextAsync(second)).ShouldBe("one");
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("configmaps") == 1);
        scenario.AddConfigMap("settings", "two");
        (await NextAsync(first)).ShouldBe("two");
        (await NextAsync(second)).ShouldBe("two");
        scenario.Cluster.Calls.Count(c => c.Contains(" watch configmaps", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_comes_later_gets_the_present_state_without_a_read()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddConfigMap("settings", "one");
        await using var first = Watch(scenario, Settings);
        (await NextAsync(first)).ShouldBe("one");
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("configmaps") == 1);
        var calls = Reads(scenario);
        await using var second = Watch(scenario, Settings);
        (await NextAsync(second)).ShouldBe("one");
        Reads(scenario).ShouldBe(calls);
    }

    [Fact]
    public async Task The_watch_lingers_after_the_last_one_left_and_serves_who_returns()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddConfigMap("settings", "one");
        await LookAsync(scenario);
        scenario.Clock.Advance(TimeSpan.FromSeconds(9));
        scenario.Cluster.OpenWatches("configmaps").ShouldBe(1);

        await using var again = Watch(scenario, Settings);
        (await NextAsync(again)).ShouldBe("one");
        scenario.Clock.Advance(TimeSpan.FromSeconds(30));
        scenario.AddConfigMap("settings", "two");
        (await NextAsync(again)).ShouldBe("two");
        scenario.Cluster.Calls.Count(c => c.Contains(" watch configmaps", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_looks_so_the_watch_ends()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddConfigMap("settings", "one");
        await LookAsync(scenario);
        var ended = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("configmaps") == 0);
        scenario.Clock.Advance(TimeSpan.FromSeconds(11));
        await ended;

        scenario.AddConfigMap("settings", "two");
        await using var later = Watch(scenario, Settings);
        (await NextAsync(later)).ShouldBe("two");
    }

    [Fact]
    public async Task What_does_not_exist_yet_appears_and_what_is_deleted_is_told_with_its_last_state()
    {
        await using var scenario = await GrainScenario.StartAsync();
        await using var states = Watch(scenario, Settings);
        var next = NextAsync(states);
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("configmaps") == 1);
        next.IsCompleted.ShouldBeFalse();
        scenario.AddConfigMap("settings", "one");
        (await next).ShouldBe("one");
        await scenario.Cluster.DeleteAsync(
            KubernetesIdentity.Service, new GroupVersionResource("", "v1", "configmaps"), "apps", "settings", new DeleteOptions(), TestContext.Current.CancellationToken);
        (await NextAsync(states)).ShouldBe("one, deleted");
    }

    [Fact]
    public async Task A_kind_that_appears_later_is_watched_then()
    {
        await using var scenario = await GrainScenario.StartAsync();
        var widget = new ResourceRef("shop.test/v1", "Widget", "w", "apps");
        scenario.AddConfigMap("settings", "one");
        await using var states = Watch(scenario, widget, Settings);
        (await NextAsync(states)).ShouldBe("one");

        scenario.Cluster.Kinds.Serve("shop.test/v1", "Widget", "widgets");
        scenario.Cluster.Add(new JsonObject
        {
            ["apiVersion"] = "shop.test/v1",
            ["kind"] = "Widget",
            ["metadata"] = new JsonObject { ["name"] = "w", ["namespace"] = "apps" },
            ["data"] = new JsonObject { ["text"] = "widget" },
        });
        var next = NextAsync(states);
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        (await next).ShouldBe("widget");
    }

    [Fact]
    public async Task What_the_service_may_not_see_is_announced_by_an_empty_manifest()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddConfigMap("settings", "one");
        scenario.Cluster.Fail = call => call.Resource == "configmaps" ? KubernetesFailure.Forbidden : null;
        await using var states = Watch(scenario, Settings);
        (await states.MoveNextAsync()).ShouldBeTrue();
        states.Current.ShouldBe(new ResourceState(Settings, Manifest: "", Deleted: false));
    }

    [Fact]
    public async Task Too_many_objects_are_refused()
    {
        await using var scenario = await GrainScenario.StartAsync();
        await using var states = Watch(scenario, [.. Enumerable.Range(0, 501).Select(i => Settings with { Name = $"n{i}" })]);
        var error = await Should.ThrowAsync<PackageException>(async () => await states.MoveNextAsync());
        error.Code.ShouldBe(PackageErrorCode.ResourceExhausted);
        error.Message.ShouldBe("resource_refs: 501 objects are too many to watch at once; at most 500.");
    }

    [Fact]
    public async Task What_the_service_may_not_read_is_read_with_the_rights_of_the_caller()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        scenario.Cluster.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "apps" } });
        scenario.Cluster.Fail = call => call is { Resource: "secrets" } && call.Identity.ToString() == KubernetesIdentity.Service.ToString() ? KubernetesFailure.Forbidden : null;
        var refs = await Grain(scenario).GetResourceRefsAsync(new Caller("t"), TestContext.Current.CancellationToken);
        refs.ShouldBe([new ResourceRef("v1", "ConfigMap", "web", "apps")]);

        // Not kept for others, who may see something else.
        scenario.Cluster.Fail = call => call is { Resource: "secrets" } ? KubernetesFailure.Forbidden : null;
        var error = await Should.ThrowAsync<PackageException>(Grain(scenario).GetResourceRefsAsync(new Caller("other"), TestContext.Current.CancellationToken));
        error.Code.ShouldBe(PackageErrorCode.PermissionDenied);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_is_looked_for_again_by_the_next_call()
    {
        await using var scenario = await GrainScenario.StartAsync();
        (await Should.ThrowAsync<PackageException>(Grain(scenario).GetDetailAsync(new Caller("t"), TestContext.Current.CancellationToken))).Message
            .ShouldBe("There is no package 'web' in namespace 'apps' of cluster 'default'.");
        scenario.AddPackage("web");
        await scenario.Cluster.SettledAsync();
        (await Grain(scenario).GetDetailAsync(new Caller("t"), TestContext.Current.CancellationToken)).Package.Ref.Name.ShouldBe("web");
    }

    private static IInstalledPackageGrain Grain(GrainScenario scenario) => scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "web"));

    private static IAsyncEnumerator<ResourceState> Watch(GrainScenario scenario, params ImmutableArray<ResourceRef> resources) =>
        Grain(scenario).WatchResourcesAsync(resources, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private static async Task LookAsync(GrainScenario scenario)
    {
        await using var states = Watch(scenario, Settings);
        (await NextAsync(states)).ShouldBe("one");
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("configmaps") == 1);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<ResourceState> states)
    {
        (await states.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        var text = JsonNode.Parse(states.Current.Manifest)!["data"]!["text"]!.GetValue<string>();
        return states.Current.Deleted ? $"{text}, deleted" : text;
    }

    private static int Reads(GrainScenario scenario) => scenario.Cluster.Calls.Count(c => c.Contains("configmaps", StringComparison.Ordinal));
}
