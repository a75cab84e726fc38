using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// The enumerations that an activation produces, used in its turns only. Those whose consumer has gone silent are ended
/// after one to two response timeouts, as a consumer that died cannot say so.
/// </summary>
internal sealed class StreamTable(Activation activation)
{
    private readonly HashSet<IStreamProducer> _producers = [];
    private IGrainTimer? _sweep;

    public void Add(IStreamProducer producer)
    {
        _producers.Add(producer);
        _sweep ??= activation.RegisterTimer(
            _ => SweepAsync(),
            new GrainTimerCreationOptions(activation.Silo.ResponseTimeout, activation.Silo.ResponseTimeout) { Interleave = true });
    }

    public void Remove(IStreamProducer producer)
    {
        if (_producers.Remove(producer) && _producers.Count == 0)
        {
            _sweep?.Dispose();
            _sweep = null;
        }
    }

    public void Abort()
    {
        foreach (var producer in _producers.ToArray())
        {
            producer.Abort();
        }
    }

    public Task EndAsync() => Task.WhenAll(_producers.ToArray().Select(p => p.EndAsync()));

    private Task SweepAsync() => Task.WhenAll(_producers.Where(p => p.CheckAbandoned()).ToArray().Select(p => p.EndAsync()));
}
