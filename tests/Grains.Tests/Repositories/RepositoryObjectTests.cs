using Wego.Plugins;

namespace Wego.Grains.Tests.Repositories;

/// <summary>What happens to a catalogue when the object of its repository changes.</summary>
public sealed class RepositoryObjectTests
{
    [Fact]
    public async Task Another_address_is_fetched_at_once_without_what_the_old_one_proved()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        scenario.AddRepository(url: "https://two.test");
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        refresh.Url.ShouldBe("https://two.test");
        refresh.Previous.ShouldBeNull();
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
        await scenario.EndAsync(refresh, r => r.Load("two", "nginx"));
        (await scenario.SearchAsync()).ShouldBe(["nginx"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_fetched_from_an_address_that_changed_meanwhile_is_dropped(bool succeeds)
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        var old = await scenario.Plugins.Repositories.NextAsync();
        scenario.AddRepository(url: "https://two.test");
        await scenario.Cluster.SettledAsync();

        if (succeeds)
        {
            old.Load("one", "redis");
        }
        else
        {
            old.Fail(new PackageException(PackageErrorCode.Unavailable, "gone"));
        }

        var refresh = await scenario.Plugins.Repositories.NextAsync();
        refresh.Url.ShouldBe("https://two.test");
        refresh.Load("two", "nginx");
        (await search).ShouldBe(["nginx"]);
    }

    [Fact]
    public async Task A_suspended_repository_keeps_its_catalogue_and_fetches_nothing_until_it_is_resumed()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        scenario.AddRepository(url: "https://two.test", suspend: true);
        await scenario.Cluster.SettledAsync();

        for (var i = 0; i < 5; i++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(11));
            (await scenario.SearchAsync()).ShouldBe(["redis"]);
        }

        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
        scenario.AddRepository(url: "https://two.test");
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        await scenario.EndAsync(refresh, r => r.Load("two", "nginx"));
        (await scenario.SearchAsync()).ShouldBe(["nginx"]);
    }

    [Fact]
    public async Task A_suspended_repository_is_loaded_once_for_who_asks()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository(suspend: true);
        await scenario.LoadAsync("redis");
        (await scenario.SearchAsync()).ShouldBe(["redis"]);
    }

    [Fact]
    public async Task A_deleted_repository_is_not_found_and_loads_anew_when_it_returns()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        // The grain's own, and that of the directory it reports to.
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("repositories") == 2);
        await scenario.RemoveRepositoryAsync();
        await scenario.Cluster.SettledAsync();
        var error = await Should.ThrowAsync<PackageException>(scenario.SearchAsync());
        error.Code.ShouldBe(PackageErrorCode.NotFound);
        error.Message.ShouldBe("There is no repository 'main' in namespace 'apps' of cluster 'default'.");

        // The grain that found nothing ends, and its successor looks again.
        await scenario.Cluster.WhenAsync(() => scenario.Cluster.OpenWatches("repositories") == 1);
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        refresh.Previous.ShouldBeNull();
        refresh.Load("again", "nginx");
        (await search).ShouldBe(["nginx"]);
    }

    [Fact]
    public async Task Who_waits_for_the_first_catalogue_of_a_repository_that_is_deleted_hears_so()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        var search = scenario.SearchAsync();
        var refresh = await scenario.Plugins.Repositories.NextAsync();
        await scenario.RemoveRepositoryAsync();
        await scenario.Cluster.SettledAsync();
        refresh.Load("one", "redis");
        (await Should.ThrowAsync<PackageException>(search)).Code.ShouldBe(PackageErrorCode.NotFound);
        scenario.Plugins.Repositories.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task The_directory_knows_the_state_of_the_catalogue()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        (await CatalogueAsync(scenario)).ShouldBeNull();
        await scenario.LoadAsync("nginx", "redis");
        (await CatalogueAsync(scenario))!.ShouldBe(new CatalogueState(scenario.Clock.GetUtcNow(), 2, 2, Error: null, Warning: null, StaleSince: null));
        scenario.Clock.Advance(TimeSpan.FromMinutes(11));
        await scenario.EndAsync(await scenario.Plugins.Repositories.NextAsync(), r => r.Fail(new PackageException(PackageErrorCode.Unavailable, "down")));
        (await CatalogueAsync(scenario))!.Error.ShouldBe("down");
    }

    [Fact]
    public async Task A_package_is_read_by_name_and_version()
    {
        await using var scenario = await GrainScenario.StartAsync();
        scenario.AddRepository();
        await scenario.LoadAsync("redis");
        var detail = await scenario.Repository.GetPackageAsync("redis", "", TestContext.Current.CancellationToken);
        detail.Content.Readme.ShouldBe("from https://one.test");
        (await Should.ThrowAsync<PackageException>(scenario.Repository.GetPackageAsync("redis", "9.9.9", TestContext.Current.CancellationToken)))
            .Message.ShouldBe("pkg_version: package 'redis' of repository apps/main has no version '9.9.9'; its newest is '1.0.0'.");
        (await Should.ThrowAsync<PackageException>(scenario.Repository.GetPackageAsync("mysql", "", TestContext.Current.CancellationToken))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    private static async Task<CatalogueState?> CatalogueAsync(GrainScenario scenario)
    {
        var page = await scenario.Directory.ListRepositoriesAsync(namespaces: null, TestContext.Current.CancellationToken);
        return page.Repositories.ShouldHaveSingleItem().Catalogue;
    }
}
