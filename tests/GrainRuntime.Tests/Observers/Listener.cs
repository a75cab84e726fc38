namespace Wego.GrainRuntime.Tests.Observers;

public sealed class Listener(Probe probe) : IListener
{
    public Task HeardAsync(string what)
    {
        if (what == "fail")
        {
            throw new InvalidOperationException("the listener failed");
        }

        probe.Record(what);
        probe.Signal(what);
        return Task.CompletedTask;
    }
}
