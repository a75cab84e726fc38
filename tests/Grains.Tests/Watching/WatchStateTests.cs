using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Watching;

public sealed class WatchStateTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(KubernetesFailure.Unauthorized)]
    [InlineData(KubernetesFailure.Forbidden)]
    public async Task The_services_own_rights_are_no_fault_of_the_caller(KubernetesFailure failure)
    {
        var state = new WatchState("widgets of cluster 'default'");
        state.Stale(Since, new KubernetesException(failure, "list widgets: no"));
        var error = await Should.ThrowAsync<PackageException>(state.WaitAsync(TestContext.Current.CancellationToken));
        error.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        error.Message.ShouldBe("Wego's own account is lacking: Could not watch widgets of cluster 'default': list widgets: no");
    }

    [Fact]
    public async Task Who_waits_hears_of_a_failure_and_who_comes_after_the_first_list_does_not()
    {
        var state = new WatchState("widgets");
        var early = state.WaitAsync(TestContext.Current.CancellationToken);
        state.Stale(Since, new KubernetesException(KubernetesFailure.Unreachable, "no route"));
        (await Should.ThrowAsync<PackageException>(early)).Code.ShouldBe(PackageErrorCode.Unavailable);
        state.Synced();
        await state.WaitAsync(TestContext.Current.CancellationToken);
        state.StaleSince.ShouldBeNull();

        state.Stale(Since, new KubernetesException(KubernetesFailure.Unreachable, "no route"));
        await state.WaitAsync(TestContext.Current.CancellationToken);
        state.StaleSince.ShouldBe(Since);
        state.Current();
        state.StaleSince.ShouldBeNull();
    }
}
