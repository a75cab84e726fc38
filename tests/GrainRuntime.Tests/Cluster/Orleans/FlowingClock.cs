using System.Diagnostics;

namespace Wego.GrainRuntime.Tests;

/// <summary>
/// Moves the test's clock as real time passes, besides what the test moves it: a silo joins and leaves its cluster by
/// timers, and would wait for ever on a clock that stands.
/// </summary>
internal sealed class FlowingClock : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _flow;

    public FlowingClock(FakeTimeProvider clock) => _flow = FlowAsync(clock);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _flow;
        _stop.Dispose();
    }

    private async Task FlowAsync(FakeTimeProvider clock)
    {
        using var timer = new PeriodicTimer(s_step);
        var last = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            var now = Stopwatch.GetTimestamp();
            clock.Advance(Stopwatch.GetElapsedTime(last, now));
            last = now;
        }
    }
}
