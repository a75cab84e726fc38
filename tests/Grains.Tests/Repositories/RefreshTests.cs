using Wego.Plugins;

namespace Wego.Grains.Tests.Repositories;

public sealed class RefreshTests
{
    [Fact]
    public async Task Concurrent_first_calls_share_one_download()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var searches = Enumerable.Range(0, 8).Select(_ => scenario.SearchAsync()).ToArray();
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        await scenario.StateAsync();
        refresh.Load("e", "redis");
        (await Task.WhenAll(searches)).ShouldAllBe(found => found.SequenceEqual(new[] { "redis" }));
        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
        refresh.Previous.ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_download_for_others()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        using var leave = new CancellationTokenSource();
        var impatient = scenario.Repository.SearchAsync(CatalogueQuery.All, leave.Token);
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        var patient = scenario.SearchAsync();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        refresh.Load("e", "redis");
        (await patient).ShouldBe(["redis"]);
        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task At_the_interval_a_conditional_refresh_keeps_what_is_unchanged_with_its_warning()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository(interval: 10);
        var search = scenario.SearchAsync();
        (await scenario.Plugins.Repositories.NextAsync()).LoadWithWarning("one", "2 entries were skipped", "redis");
        await search;

        // A tenth shorter or longer than the interval, so not before nine minutes and not after eleven.
        scenario.Clock.Advance(TimeSpan.FromMinutes(9) - TimeSpan.FromSeconds(1));
        await scenario.StateAsync();
        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
        scenario.Clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(2));
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        refresh.Previous!.ETag.ShouldBe("one");
        await scenario.EndAsync(refresh, r => r.Unchanged());

        (await scenario.SearchAsync()).ShouldBe(["redis"]);
        var state = await scenario.StateAsync();
        state.Warning.ShouldBe("2 entries were skipped");
        state.LoadedAt.ShouldBe(scenario.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_old_catalogue_is_served_while_a_new_one_loads()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        scenario.Clock.Advance(TimeSpan.FromMinutes(11));
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
        await scenario.EndAsync(refresh, r => r.Load("two", "nginx", "redis"));
        (await scenario.SearchAsync()).ShouldBe(["nginx", "redis"]);
        (await scenario.StateAsync()).Packages.ShouldBe(2);
    }

    [Fact]
    public async Task A_failing_refresh_keeps_the_catalogue_and_is_tried_again_soon()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        var loaded = scenario.Clock.GetUtcNow();
        scenario.Clock.Advance(TimeSpan.FromMinutes(11));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Fail(new PackageException(PackageErrorCode.Unavailable, "503 from one.test")));

        (await scenario.SearchAsync()).ShouldBe(["redis"]);
        var state = await scenario.StateAsync();
        state.Error.ShouldBe("503 from one.test");
        state.LoadedAt.ShouldBe(loaded);

        // The first retry comes within the first delay of a second, the next within two: not after the interval.
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Fail(new PackageException(PackageErrorCode.Unavailable, "504 from one.test")));
        var before = scenario.Plugins.Repositories.Refreshes;
        scenario.Clock.Advance(TimeSpan.FromSeconds(0.99));
        await scenario.StateAsync();
        scenario.Plugins.Repositories.Refreshes.ShouldBe(before);
        scenario.Clock.Advance(TimeSpan.FromSeconds(1.01));
        var retry = await scenario.Plugins.Repositories.NextAsync();
        retry.Previous!.ETag.ShouldBe("first");
        await scenario.EndAsync(retry, r => r.Unchanged());
        (await scenario.StateAsync()).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_remote_side_that_asks_to_wait_is_not_asked_before()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        scenario.Clock.Advance(TimeSpan.FromMinutes(11));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Fail(Throttled(TimeSpan.FromHours(1))));
        var before = scenario.Plugins.Repositories.Refreshes;

        // Neither the time, nor a user, nor another request of the same side changes that.
        scenario.Clock.Advance(TimeSpan.FromMinutes(59));
        await scenario.Repository.RefreshAsync(TestContext.Current.CancellationToken);
        scenario.AddRepository(url: "https://one.test/again");
        await scenario.Cluster.SettledAsync();

        (await scenario.StateAsync()).Error.ShouldBe("one.test wants to be left alone");
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
        scenario.Plugins.Repositories.Refreshes.ShouldBe(before);

        scenario.Clock.Advance(TimeSpan.FromMinutes(2));
        var retry = await scenario.Plugins.Repositories.NextAsync();
        retry.Url.ShouldBe("https://one.test/again");
        await scenario.EndAsync(retry, r => r.Load("two", "nginx"));
        (await scenario.StateAsync()).Error.ShouldBeNull();
        (await scenario.SearchAsync()).ShouldBe(["nginx"]);
    }

    [Fact]
    public async Task What_one_remote_side_asks_to_wait_does_not_bind_another()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        (await scenario.Plugins.Repositories.NextAsync()).Fail(Throttled(TimeSpan.FromDays(400)));
        var refused = await Should.ThrowAsync<PackageException>(search);

        scenario.AddRepository(url: "https://two.test");
        (await scenario.Plugins.Repositories.NextAsync()).Load("e", "nginx");

        refused.RetryAfter.ShouldBe(TimeSpan.FromDays(400));
        (await scenario.SearchAsync()).ShouldBe(["nginx"]);
    }

    [Fact]
    public async Task A_wait_of_more_than_a_day_is_cut_to_a_day()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        (await scenario.Plugins.Repositories.NextAsync()).Fail(Throttled(TimeSpan.FromDays(400)));
        await Should.ThrowAsync<PackageException>(search);

        scenario.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        (await scenario.Plugins.Repositories.NextAsync()).Load("e", "redis");

        (await scenario.SearchAsync()).ShouldBe(["redis"]);
    }

    [Fact]
    public async Task A_first_load_that_fails_is_told_to_every_caller_without_another_download()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        (await scenario.Plugins.Repositories.NextAsync()).Fail(new PackageException(PackageErrorCode.FailedPrecondition, "no index here"));
        (await Should.ThrowAsync<PackageException>(search)).Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        (await Should.ThrowAsync<PackageException>(scenario.SearchAsync())).Message.ShouldBe("no index here");
        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Load("e", "redis"));
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
    }

    [Fact]
    public async Task A_refresh_that_takes_too_long_is_given_up()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        scenario.Clock.Advance(TimeSpan.FromMinutes(11));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), _ => scenario.Clock.Advance(TimeSpan.FromMinutes(3)));
        (await scenario.StateAsync()).Error.ShouldBe("Repository apps/main was not fetched within 180 s.");
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Unchanged());
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
    }

    [Fact]
    public async Task A_fault_in_a_plugin_is_logged_and_told_without_its_words()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.Log.Expect(e => e.Message.Contains("because of a fault in Wego", StringComparison.Ordinal));
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        (await scenario.Plugins.Repositories.NextAsync()).Fail(new InvalidOperationException("token=secret"));
        var error = await Should.ThrowAsync<PackageException>(search);
        error.Code.ShouldBe(PackageErrorCode.Internal);
        error.Message.ShouldBe("Repository apps/main could not be read: InvalidOperationException.");
    }

    private static PackageException Throttled(TimeSpan wait) =>
        new(PackageErrorCode.ResourceExhausted, "one.test wants to be left alone") { RetryAfter = wait };
}
