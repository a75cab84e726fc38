using Wego.Plugins;

namespace Wego.Helm.Tests.Operations;

/// <summary>What becomes of a release on which Helm was interrupted, and how its user gets out of it.</summary>
public sealed class InterruptionTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task An_installation_that_was_killed_is_deleted_and_done_again(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        var killed = await KilledAsync(scenario, () => scenario.CreateAsync("2.0.0"), "pending-install");

        killed.Code.ShouldBe(PackageErrorCode.Aborted);
        killed.Message.ShouldContain("killed by signal 9");
        (await scenario.InstalledAsync())!.Status.ShouldBe(new PackageStatus(false, PackageStatusReason.Pending, "pending-install"));
        (await RefusedAsync(() => scenario.CreateAsync("1.0.0"))).Message.ShouldContain("delete the package and install it again");
        (await RefusedAsync(() => scenario.UpdateAsync("1.0.0"))).Message.ShouldContain("delete the package and install it again");

        await scenario.DeleteAsync();
        await scenario.CreateAsync("1.0.0");

        (await scenario.InstalledAsync())!.Status.Ready.ShouldBeTrue();
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm]
    public async Task An_upgrade_that_was_killed_is_rolled_back_and_done_again(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        await scenario.CreateAsync("1.0.0");
        var killed = await KilledAsync(scenario, () => scenario.UpdateAsync("2.0.0"), "pending-upgrade");

        killed.Code.ShouldBe(PackageErrorCode.Aborted);
        killed.Message.ShouldContain("roll it back");
        (await scenario.InstalledAsync())!.Status.ShouldBe(new PackageStatus(false, PackageStatusReason.Pending, "pending-upgrade"));
        var refused = await RefusedAsync(() => scenario.UpdateAsync("1.0.0"));
        refused.Code.ShouldBe(PackageErrorCode.Aborted);
        refused.Message.ShouldContain("roll the package back to an earlier revision, or delete it");

        await scenario.RollbackAsync(0);
        (await scenario.InstalledAsync())!.Status.Ready.ShouldBeTrue();
        await scenario.UpdateAsync("1.0.0", "text: again");
        (await scenario.InstalledAsync())!.Status.Ready.ShouldBeTrue();
        await scenario.DeleteAsync();
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [EachHelm]
    public async Task An_upgrade_that_was_killed_can_be_deleted(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        await scenario.CreateAsync("1.0.0");
        await KilledAsync(scenario, () => scenario.UpdateAsync("2.0.0"), "pending-upgrade");

        await scenario.DeleteAsync();

        (await scenario.ObjectsAsync()).ShouldBeEmpty();
        (await scenario.FindAsync("", "v1", "configmaps", scenario.Package.Name)).ShouldBeNull();
    }

    [Theory]
    [EachHelm]
    public async Task Of_two_upgrades_at_once_the_second_is_aborted(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm);
        await scenario.CreateAsync("1.0.0");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = scenario.UpdateAsync("2.0.0", cancellationToken: stop.Token);
        await scenario.WaitForStatusAsync("pending-upgrade");

        (await RefusedAsync(() => scenario.UpdateAsync("1.0.0"))).Code.ShouldBe(PackageErrorCode.Aborted);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm]
    public async Task An_installation_that_takes_too_long_fails_and_leaves_nothing(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm, timeoutSeconds: 2);

        var late = await RefusedAsync(() => scenario.CreateAsync("2.0.0"));

        late.Code.ShouldBe(PackageErrorCode.DeadlineExceeded);
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    private static Task<PackageException> RefusedAsync(Func<Task> operation) => Should.ThrowAsync<PackageException>(operation);

    private static async Task<PackageException> KilledAsync(HelmScenario scenario, Func<Task> operation, string status)
    {
        var running = operation();
        await scenario.WaitForStatusAsync(status);
        await HelmProcesses.KillAsync(scenario.Parent);
        return await RefusedAsync(() => running);
    }

    private async Task<HelmScenario> ScenarioAsync(string server, string helm, int timeoutSeconds = 120)
    {
        var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm, options => options.TimeoutSeconds = timeoutSeconds);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
        scenario.Archives.Charts["2.0.0"] = TestChart.Create("2.0.0", ("demo/templates/hook.yaml", TestChart.EndlessHook));
        return scenario;
    }
}
