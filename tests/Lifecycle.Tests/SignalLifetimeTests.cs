using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Wego.Silo;

namespace Wego.Lifecycle.Tests;

public sealed class SignalLifetimeTests
{
    private const int DelayAndLimit = 2;
    private readonly List<int> _exits = [];

    [Fact]
    public async Task The_first_signal_ends_in_order_and_the_second_at_once()
    {
        using var scenario = new Scenario();
        using var signals = Signals(scenario);
        scenario.Lifetime.Start();

        signals.Signal(PosixSignal.SIGTERM);
        scenario.Drain.HasBegun.ShouldBeTrue();
        scenario.Lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        await scenario.Clock.WaitForTimersAsync(DelayAndLimit);
        scenario.Clock.Advance(TimeSpan.FromSeconds(5));
        await StoppingAsync(scenario);
        _exits.ShouldBeEmpty();

        signals.Signal(PosixSignal.SIGINT);
        _exits.ShouldBe([130]);
    }

    [Fact]
    public async Task An_interrupt_from_the_keyboard_waits_for_no_load_balancer()
    {
        using var scenario = new Scenario();
        using var signals = Signals(scenario);
        scenario.Lifetime.Start();

        signals.Signal(PosixSignal.SIGINT);

        await StoppingAsync(scenario);
    }

    [Fact]
    public async Task During_the_start_nobody_is_waited_for()
    {
        using var scenario = new Scenario();
        using var signals = Signals(scenario);

        signals.Signal(PosixSignal.SIGTERM);

        await StoppingAsync(scenario);
    }

    [Fact]
    public async Task Whatever_holds_it_back_it_is_gone_when_the_grace_period_is_over()
    {
        using var scenario = new Scenario();
        scenario.Log.Expect(e => e.Message.StartsWith("Not ended within the grace period of 00:00:30", StringComparison.Ordinal));
        using var signals = Signals(scenario);
        scenario.Lifetime.Start();

        signals.Signal(PosixSignal.SIGTERM);
        await scenario.Clock.WaitForTimersAsync(DelayAndLimit);
        scenario.Clock.Advance(TimeSpan.FromSeconds(29));
        await StoppingAsync(scenario);
        _exits.ShouldBeEmpty();
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));

        _exits.ShouldBe([1]);
    }

    [Fact]
    public void What_has_ended_in_time_is_left_alone()
    {
        using var scenario = new Scenario();
        using (var signals = Signals(scenario))
        {
            signals.Signal(PosixSignal.SIGTERM);
        }

        scenario.Clock.Advance(TimeSpan.FromMinutes(1));
        _exits.ShouldBeEmpty();
    }

    private SignalLifetime Signals(Scenario scenario) =>
        new(scenario.Drain, scenario.Options, scenario.Lifetime, scenario.Clock, new Logger<SignalLifetime>(scenario.Log)) { Exit = _exits.Add };

    private static Task StoppingAsync(Scenario scenario)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scenario.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
