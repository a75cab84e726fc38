namespace Wego.Lifecycle.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task A_replica_is_unready_at_once_and_serves_until_the_delay_has_passed()
    {
        using var scenario = new Scenario();
        scenario.Readiness.IsReady.ShouldBeTrue();

        var draining = scenario.Drain.RunAsync(TestContext.Current.CancellationToken);

        scenario.Readiness.IsReady.ShouldBeFalse();
        scenario.Drain.Begun.IsCancellationRequested.ShouldBeTrue();
        await scenario.Clock.WaitForTimersAsync();
        scenario.Clock.Advance(TimeSpan.FromSeconds(4.9));
        draining.IsCompleted.ShouldBeFalse();
        scenario.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await draining;
    }

    [Fact]
    public async Task Whoever_cannot_wait_cuts_it_short()
    {
        using var scenario = new Scenario();
        using var hurry = new CancellationTokenSource();

        var draining = scenario.Drain.RunAsync(hurry.Token);
        draining.IsCompleted.ShouldBeFalse();
        await hurry.CancelAsync();

        await draining;
    }

    [Fact]
    public async Task Without_a_delay_it_is_done_at_once()
    {
        using var scenario = new Scenario();
        scenario.Options.Value.DrainDelay = TimeSpan.Zero;

        await scenario.Drain.RunAsync(TestContext.Current.CancellationToken);

        scenario.Drain.HasBegun.ShouldBeTrue();
    }
}
