namespace Wego.GrainRuntime.Tests.Lifecycle;

public abstract class LifecycleGrainBase(Probe probe, ActivationCounter counter) : Grain, IDisposable
{
    private int _activation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation = counter.Next(IdentityString);
        probe.Record($"activate {_activation}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Record($"deactivate {_activation} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> ActivationAsync() => Task.FromResult(_activation);

    public Task<int> DeactivateAsync()
    {
        DeactivateOnIdle();
        return ActivationAsync();
    }

    public Task DelayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task WaitAsync(string started, string release)
    {
        probe.Signal(started);
        await probe.SignalledAsync(release);
        probe.Record("end");
    }

    public void Dispose()
    {
        probe.Signal($"disposed {_activation}");
        GC.SuppressFinalize(this);
    }
}
