using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Installed;

/// <summary>The objects of a package that is being installed. The fake format keeps them in a Secret of the package's name.</summary>
public sealed class ResourceRefsTests
{
    private static readonly Caller Caller = new("t");

    [Fact]
    public async Task Who_waits_hears_once_the_package_is_installed()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        var waiting = await WaitAsync(scenario);
        waiting.IsCompleted.ShouldBeFalse();
        scenario.Cluster.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "apps" } });
        scenario.AddPackage("web", revision: 2);
        (await waiting)!.Value.ShouldHaveSingleItem().Name.ShouldBe("web");
    }

    [Fact]
    public async Task Who_has_waited_long_enough_hears_that_it_is_not()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        var waiting = await WaitAsync(scenario);
        scenario.Clock.Advance(TimeSpan.FromSeconds(10));
        (await waiting).ShouldBeNull();
    }

    [Fact]
    public async Task Who_waits_for_what_is_deleted_hears_so()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        var waiting = await WaitAsync(scenario);
        await scenario.RemovePackageAsync("web");
        (await Should.ThrowAsync<PackageException>(waiting)).Message.ShouldBe("There is no package 'web' in namespace 'apps' of cluster 'default'.");
    }

    [Fact]
    public async Task References_are_read_once_while_the_package_is_unchanged()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddPackage("web");
        scenario.Cluster.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "apps" } });
        for (var i = 0; i < 3; i++)
        {
            await Grain(scenario).GetResourceRefsAsync(Caller, TestContext.Current.CancellationToken);
        }

        Reads(scenario).ShouldBe(1);
    }

    [Fact(Skip = GrainClock.NotUsedReason, SkipUnless = nameof(GrainClock.DrivesCollection), SkipType = typeof(GrainClock))]
    public async Task An_idle_package_ends_its_watches()
    {
        await using var scenario = await GrainScenario.StartAsync(idle: TimeSpan.FromMinutes(5));
        scenario.AddPackage("web");
        scenario.Clock.Advance(TimeSpan.FromSeconds(30));
        await Grain(scenario).GetDetailAsync(Caller, TestContext.Current.CancellationToken);
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 1);
        var ended = scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("packages") == 0);
        // Idle activations are looked for every full minute.
        scenario.Clock.Advance(TimeSpan.FromSeconds(330));
        await ended;
    }

    private static IInstalledPackageGrain Grain(GrainScenario scenario) => scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "web"));

    private static int Reads(GrainScenario scenario) => scenario.Cluster.Calls.Count(c => c.Contains(" get secrets ", StringComparison.Ordinal));

    // Begins to wait, and returns once the grain has found nothing yet.
    private static async Task<Task<ImmutableArray<ResourceRef>?>> WaitAsync(GrainScenario scenario)
    {
        var waiting = Grain(scenario).WaitForResourceRefsAsync(Caller, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await scenario.Cluster.WhenAsync(() => Reads(scenario) > 0 && scenario.Cluster.OpenWatches("packages") == 1);
        await Grain(scenario).GetDetailAsync(Caller, TestContext.Current.CancellationToken);
        return waiting;
    }
}
