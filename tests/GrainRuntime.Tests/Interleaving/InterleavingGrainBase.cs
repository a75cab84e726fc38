namespace Wego.GrainRuntime.Tests.Interleaving;

public abstract class InterleavingGrainBase(Probe probe) : Grain
{
    public async Task WaitAsync(string started, string release)
    {
        probe.Signal(started);
        await probe.SignalledAsync(release);
        probe.Record($"end {started}");
    }

    public Task PlainAsync(string what) => RecordAsync(what);

    public Task AlwaysAsync(string what) => RecordAsync(what);

    public Task ReadAsync(string started, string release) => WaitAsync(started, release);

    public Task QuickReadAsync(string what) => RecordAsync(what);

    public Task OneWayAsync(string started, string release) => WaitAsync(started, release);

    private Task RecordAsync(string what)
    {
        probe.Record(what);
        return Task.CompletedTask;
    }
}
