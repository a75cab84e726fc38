namespace Wego.GrainRuntime.Tests.Lifecycle;

/// <summary>Its first activation fails.</summary>
public sealed class FragileGrain(Probe probe, ActivationCounter counter) : Grain, IFragileGrain
{
    private int _attempt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _attempt = counter.Next(IdentityString);
        probe.Signal("activating");
        await probe.SignalledAsync("go");
        if (_attempt == 1)
        {
            throw new InvalidOperationException("cannot activate");
        }
    }

    public Task<int> AttemptAsync() => Task.FromResult(_attempt);
}
