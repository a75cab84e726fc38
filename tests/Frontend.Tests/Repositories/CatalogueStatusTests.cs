using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Repositories;

public sealed class CatalogueStatusTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(90, "2 min")]
    [InlineData(7200, "2 h")]
    [InlineData(-5, "0 s")]
    public void A_failing_refresh_is_told_with_the_age_of_what_is_served(int seconds, string age)
    {
        var clock = new FakeTimeProvider();
        var merged = Merge("stored artifact", new CatalogueState(clock.GetUtcNow() - TimeSpan.FromSeconds(seconds), 1, 1, "503", "2 skipped", StaleSince: null), clock);
        merged.UserReason.ShouldEndWith($" ({age} old) is served, refreshing it fails: 503");
        merged.UserReason.ShouldStartWith("stored artifact; the catalogue of 20");
        (merged.Ready, merged.Reason).ShouldBe((true, RepositoryStatusReason.Success));
    }

    [Fact]
    public void The_moment_is_told_in_utc() => Merge("", new CatalogueState(new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)), 1, 1, "503", null, null)).UserReason
        .ShouldBe("the catalogue of 2025-12-31T23:00:00Z (1 h old) is served, refreshing it fails: 503");

    [Fact]
    public void Without_any_catalogue_the_repository_has_failed()
    {
        var merged = Merge("stored artifact", new CatalogueState(null, 0, 0, "404", null, null));
        merged.ShouldBe(new RepositoryStatus(false, RepositoryStatusReason.Failed, "stored artifact; the catalogue cannot be loaded: 404"));
    }

    [Fact]
    public void A_warning_does_not_make_it_fail() => Merge("", new CatalogueState(DateTimeOffset.UnixEpoch, 1, 1, null, "2 skipped", null))
        .ShouldBe(new RepositoryStatus(true, RepositoryStatusReason.Success, "2 skipped"));

    [Fact]
    public void Without_anything_to_tell_the_status_is_that_of_the_cluster()
    {
        var status = new RepositoryStatus(true, RepositoryStatusReason.Success, "stored artifact");
        Merge("stored artifact", null).ShouldBe(status);
        Merge("stored artifact", new CatalogueState(DateTimeOffset.UnixEpoch, 1, 1, null, null, null)).ShouldBe(status);
    }

    private static RepositoryStatus Merge(string userReason, CatalogueState? state, TimeProvider? clock = null) => CatalogueStatus.Merge(
        new RepositorySummary
        {
            Ref = new RepositoryRef(FakeServer.Id("p"), "default", "apps", "main"),
            Type = "helm",
            Url = "https://one.test",
            Status = new RepositoryStatus(true, RepositoryStatusReason.Success, userReason),
        },
        state,
        clock ?? new FakeTimeProvider()).Status;
}
