namespace Wego.GrainRuntime.Tests.Cancellation;

public sealed class CancellationGrain(Probe probe) : Grain, ICancellationGrain
{
    public async Task WaitForCancellationAsync(string started, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = cancellationToken.Register(cancelled.SetResult);
        probe.Signal(started);
        await cancelled.Task;
        probe.Signal("cancelled");
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task WaitAsync(string started, string release)
    {
        probe.Signal(started);
        await probe.SignalledAsync(release);
    }

    public Task RecordAsync(string what, CancellationToken cancellationToken)
    {
        probe.Record(what);
        return Task.CompletedTask;
    }

    public async Task<bool> CallbackIsATurnAsync(string started, CancellationToken cancellationToken)
    {
        var own = TaskScheduler.Current;
        var seen = new TaskCompletionSource<TaskScheduler>();
        using var registration = cancellationToken.Register(() => seen.SetResult(TaskScheduler.Current));
        probe.Signal(started);
        probe.Record(await seen.Task == own ? "turn" : "elsewhere");
        probe.Signal("seen");
        return true;
    }

    public async Task IgnoreAsync(string started, string release, CancellationToken cancellationToken)
    {
        probe.Signal(started);
        await probe.SignalledAsync(release);
        probe.Signal("ended");
    }

    public Task PingAsync() => Task.CompletedTask;
}
