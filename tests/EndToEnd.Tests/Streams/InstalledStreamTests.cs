using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Packages.V1;
using Wego.Sandbox;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd;

/// <summary>Watching installed packages: what is there, the mark, what changes.</summary>
public sealed class InstalledStreamTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstWhatIsThereThenTheMarkThenWhatChanges()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "sample", wego.SampleRepository);
        foreach (var name in new[] { "b", "a" })
        {
            await user.InstallAsync("team-a", name, "sample/counter");
            await user.UntilReadyAsync("team-a", name);
        }

        await using var changes = user.WatchAsync("", "", Cancellation).GetAsyncEnumerator(Cancellation);
        (await NextAsync(changes)).ShouldBe((EventType.Present, "a"));
        (await NextAsync(changes)).ShouldBe((EventType.Present, "b"));
        (await NextAsync(changes)).ShouldBe((EventType.Synced, ""));

        await user.InstallAsync("team-a", "c", "sample/counter");
        (await NextAsync(changes)).ShouldBe((EventType.Present, "c"));
        await DeleteAsync(user, "a");
        var last = (Type: EventType.Unspecified, Name: "");
        while (last is not (EventType.Deleted, "a"))
        {
            last = await NextAsync(changes);
        }

        // It may be installed anew under the same name.
        await user.InstallAsync("team-a", "a", "sample/counter");
        while (last is not (EventType.Present, "a"))
        {
            last = await NextAsync(changes);
            last.ShouldNotBe((EventType.Deleted, "a"));
        }

        (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Select(p => p.Name).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task AWatchOfOneNameOfAnEmptyNamespaceBeginsWithTheMark()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await using var changes = user.WatchAsync("team-a", "nothing", Cancellation).GetAsyncEnumerator(Cancellation);
        (await NextAsync(changes)).ShouldBe((EventType.Synced, ""));
    }

    private static async Task<(EventType Type, string Name)> NextAsync(IAsyncEnumerator<WatchInstalledPackagesResponse> changes)
    {
        (await changes.MoveNextAsync()).ShouldBeTrue();
        return (changes.Current.Type, changes.Current.InstalledPackageSummary?.Name ?? "");
    }

    private static Task DeleteAsync(User user, string name) => user.CallAsync<DeleteInstalledPackageResponse>(
        Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", name) });
}
