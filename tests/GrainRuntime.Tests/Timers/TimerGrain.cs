using Orleans.Runtime;

namespace Wego.GrainRuntime.Tests.Timers;

public sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private IGrainTimer? _timer;
    private int _ticks;

    public Task StartAsync(TimeSpan due, TimeSpan period, bool interleave = false, bool keepAlive = false)
    {
        _timer = this.RegisterGrainTimer(
            static (grain, _) => grain.TickAsync(),
            this,
            new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartFailingAsync(TimeSpan due, TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                await TickAsync();
                throw new InvalidOperationException("tick failed");
            },
            new GrainTimerCreationOptions(due, period));
        return Task.CompletedTask;
    }

    public Task StartWaitingAsync(TimeSpan due)
    {
        _timer = this.RegisterGrainTimer(
            async cancellationToken =>
            {
                var ended = new TaskCompletionSource();
                using var registration = cancellationToken.Register(ended.SetResult);
                probe.Signal("waiting");
                await ended.Task;
                probe.Signal("cancelled");
            },
            new GrainTimerCreationOptions { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task WaitAsync(string started, string release)
    {
        probe.Signal(started);
        await probe.SignalledAsync(release);
        probe.Record($"end {started}");
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> ActivationAsync() => Task.FromResult(_activation);

    public Task PingAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal("deactivated");
        return Task.CompletedTask;
    }

    private Task TickAsync()
    {
        _ticks++;
        probe.Record($"tick {_ticks}");
        probe.Signal($"tick {_ticks}");
        return Task.CompletedTask;
    }
}
