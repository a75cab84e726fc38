namespace Wego.GrainRuntime.Tests.Turns;

public sealed class TurnsGrain(Probe probe) : Grain, ITurnsGrain
{
    private int _count;
    private int _inside;

    public async Task<int> IncrementSlowlyAsync()
    {
        Interlocked.Increment(ref _inside).ShouldBe(1);
        var before = _count;
        await Task.Yield();
        _count = before + 1;
        Interlocked.Decrement(ref _inside);
        return _count;
    }

    public async Task WaitAsync(string started, string release)
    {
        probe.Record($"begin {started}");
        probe.Signal(started);
        await probe.SignalledAsync(release);
        probe.Record($"end {started}");
    }

    public Task<string> EchoAsync(string text)
    {
        probe.Record($"echo {text}");
        return Task.FromResult(text);
    }

    public ValueTask<int> AddAsync(int left, int right) => new(left + right);

    public ValueTask NothingAsync() => ValueTask.CompletedTask;

    public async Task<bool> RunsOnOneSchedulerAsync()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Run(() => { });
        return before != TaskScheduler.Default && before == afterYield && before == TaskScheduler.Current;
    }

    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());
}
