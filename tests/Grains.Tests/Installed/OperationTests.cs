using Wego.Plugins;

namespace Wego.Grains.Tests.Installed;

/// <summary>Operations on one package, which the test ends one by one.</summary>
public sealed class OperationTests
{
    private static readonly Caller Caller = new("t");

    [Fact]
    public async Task Two_long_operations_at_once_one_is_refused()
    {
        await using var scenario = await StartAsync(longOperations: true);
        var first = Update(scenario);
        var running = await scenario.Plugins.Packages.NextAsync();

        var refused = await Should.ThrowAsync<PackageException>(Delete(scenario));
        refused.Code.ShouldBe(PackageErrorCode.Aborted);
        refused.Message.ShouldBe(
            "Could not delete package apps/web: somebody else's operation is under way (update package apps/web). Wait until it has ended, look at its outcome, and try again.");
        running.End();
        await first;

        var again = Delete(scenario);
        (await scenario.Plugins.Packages.NextAsync()).End();
        await again;
    }

    [Fact]
    public async Task Two_short_operations_at_once_one_waits()
    {
        await using var scenario = await StartAsync(longOperations: false);
        var first = Update(scenario);
        var running = await scenario.Plugins.Packages.NextAsync();
        var second = Delete(scenario);
        second.IsCompleted.ShouldBeFalse();
        running.End();
        await first;
        var next = await scenario.Plugins.Packages.NextAsync();
        next.What.ShouldBe("delete");
        next.End();
        await second;
    }

    [Fact]
    public async Task A_long_operation_goes_on_when_its_caller_leaves()
    {
        await using var scenario = await StartAsync(longOperations: true);
        using var caller = new CancellationTokenSource();
        var rollback = Grain(scenario).RollbackAsync(3, Caller, caller.Token);
        var running = await scenario.Plugins.Packages.NextAsync();
        running.What.ShouldBe("rollback 3");

        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(rollback);
        running.Stopped.IsCancellationRequested.ShouldBeFalse();
        (await Should.ThrowAsync<PackageException>(Update(scenario))).Code.ShouldBe(PackageErrorCode.Aborted);

        await scenario.Log.WaitForAsync("The caller of 'roll back package apps/web' has left; it goes on.");
        running.Fail(new PackageException(PackageErrorCode.FailedPrecondition, "nobody hears this"));
        await scenario.Log.WaitForAsync("Nobody waited for the end of 'roll back package apps/web': nobody hears this");
    }

    [Fact]
    public async Task A_failed_operation_makes_way()
    {
        await using var scenario = await StartAsync(longOperations: true);
        var first = Update(scenario);
        (await scenario.Plugins.Packages.NextAsync()).Fail(new PackageException(PackageErrorCode.InvalidArgument, "values: no YAML."));
        (await Should.ThrowAsync<PackageException>(first)).Message.ShouldBe("values: no YAML.");
        var second = Update(scenario);
        (await scenario.Plugins.Packages.NextAsync()).End();
        await second;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replica_that_stops_finishes_what_runs_and_refuses_what_is_new(bool longOperations)
    {
        await using var scenario = await StartAsync(longOperations);
        var first = Update(scenario);
        var running = await scenario.Plugins.Packages.NextAsync();

        var closing = scenario.Operations.CloseAsync();
        var refused = await Should.ThrowAsync<PackageException>(scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "other")).DeleteAsync(Caller, TestContext.Current.CancellationToken));
        refused.Code.ShouldBe(PackageErrorCode.Unavailable);
        refused.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(500));
        refused.Message.ShouldBe("Could not delete package apps/other: this replica of Wego is stopping and nothing was changed. Try again; another one will answer.");
        closing.IsCompleted.ShouldBeFalse();

        running.End();
        await first;
        await closing;
    }

    [Fact]
    public async Task Tenants_take_turns_for_long_operations()
    {
        await using var scenario = await StartAsync(longOperations: true);
        // A tenant has at most half of the eight that run at a time.
        var noisy = Enumerable.Range(0, 8).Select(i => DeleteAsync("noisy", i)).ToArray();
        var running = new List<PendingOperation>();
        for (var i = 0; i < 4; i++)
        {
            running.Add(await scenario.Plugins.Packages.NextAsync());
        }

        var quiet = DeleteAsync("quiet", 0);
        (await scenario.Plugins.Packages.NextAsync()).End();
        await quiet;

        noisy.ShouldAllBe(n => !n.IsCompleted);
        running.ForEach(r => r.End());
        for (var i = 0; i < 4; i++)
        {
            (await scenario.Plugins.Packages.NextAsync()).End();
        }

        await Task.WhenAll(noisy);

        Task DeleteAsync(string ns, int i) =>
            scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf(ns, $"web-{i}")).DeleteAsync(Caller, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_cannot_be_finished_in_time_ends_with_a_status_that_says_so()
    {
        await using var scenario = await StartAsync(longOperations: true);
        var first = Update(scenario);
        var running = await scenario.Plugins.Packages.NextAsync();
        running.Stopped.Register(() => running.Fail(new OperationCanceledException()));

        await scenario.Operations.EndAsync();

        var ended = await Should.ThrowAsync<PackageException>(first);
        ended.Code.ShouldBe(PackageErrorCode.Unavailable);
        ended.Message.ShouldBe("Could not update package apps/web to the end: this replica of Wego had to stop. Look at what has come of it, and try again.");
    }

    private static async Task<GrainScenario> StartAsync(bool longOperations)
    {
        var scenario = await GrainScenario.StartAsync();
        scenario.Plugins.Packages.HasLongOperations = longOperations;
        scenario.AddPackage("web");
        return scenario;
    }

    private static IInstalledPackageGrain Grain(GrainScenario scenario) => scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "web"));

    private static Task Update(GrainScenario scenario) =>
        Grain(scenario).UpdateAsync(new UpdateInstalledPackage { Ref = FakePackageFormat.RefOf("apps", "web") }, Caller, TestContext.Current.CancellationToken);

    private static Task Delete(GrainScenario scenario) => Grain(scenario).DeleteAsync(Caller, TestContext.Current.CancellationToken);
}
