namespace Wego.Lifecycle.Tests;

public sealed class OperationsDrainTests
{
    [Fact]
    public async Task Without_operations_nothing_is_waited_for()
    {
        using var scenario = new Scenario();

        await StopAsync(scenario);

        scenario.Operations.TryBegin().ShouldBeNull();
        scenario.Log.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Operations_end_before_the_host_does_and_no_new_ones_begin()
    {
        using var scenario = new Scenario();
        var (one, two) = (scenario.Operations.TryBegin()!, scenario.Operations.TryBegin()!);
        scenario.Operations.Count.ShouldBe(2);

        var stopping = StopAsync(scenario);
        scenario.Operations.TryBegin().ShouldBeNull();
        one.Dispose();
        // Twice is once.
        one.Dispose();
        stopping.IsCompleted.ShouldBeFalse();
        two.Dispose();

        await stopping;
        scenario.Operations.Ending.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Near_the_end_of_the_grace_period_those_that_still_run_are_told_to_end()
    {
        using var scenario = new Scenario();
        var operation = scenario.Operations.TryBegin()!;

        var stopping = StopAsync(scenario);
        // 30 s less a tenth, of which 5 s were spent on the load balancers.
        scenario.Clock.Advance(TimeSpan.FromSeconds(21.9));
        scenario.Operations.Ending.IsCancellationRequested.ShouldBeFalse();
        scenario.Clock.Advance(TimeSpan.FromSeconds(0.1));
        scenario.Operations.Ending.IsCancellationRequested.ShouldBeTrue();
        stopping.IsCompleted.ShouldBeFalse();
        operation.Dispose();

        await stopping;
        scenario.Log.Entries.Select(e => e.Message).ShouldBe(
        [
            "Waiting for 1 running operations, at most 00:00:22.",
            "The grace period is nearly over: 1 operations are told to end before they are done.",
        ]);
    }

    [Fact]
    public async Task A_host_that_has_no_time_left_is_not_held_up()
    {
        using var scenario = new Scenario();
        using var operation = scenario.Operations.TryBegin();
        using var hurry = new CancellationTokenSource();
        await scenario.OperationsDrain.StoppingAsync(hurry.Token);
        var stopping = scenario.OperationsDrain.StopAsync(hurry.Token);
        stopping.IsCompleted.ShouldBeFalse();

        await hurry.CancelAsync();

        await stopping;
    }

    private static async Task StopAsync(Scenario scenario)
    {
        await scenario.OperationsDrain.StoppingAsync(CancellationToken.None);
        await scenario.OperationsDrain.StopAsync(CancellationToken.None);
    }
}
