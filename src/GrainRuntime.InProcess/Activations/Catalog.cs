using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>The activations, at most one for each grain.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private volatile bool _closed;

    public int Count => _activations.Count;

    /// <summary>Delivers a request to the grain's activation, which is made when there is none.</summary>
    public void Send(GrainId id, GrainClass grainClass, Request request)
    {
        while (true)
        {
            if (!_activations.TryGetValue(id, out var activation))
            {
                if (_closed)
                {
                    request.TryFail(new SiloUnavailableException($"{id} cannot be activated: the host is stopping."));
                    return;
                }

                activation = _activations.GetOrAdd(id, static (id, state) => new Activation(state.silo, id, state.grainClass), (silo, grainClass));
            }

            if (activation.TryReceive(request))
            {
                return;
            }

            Remove(activation);
        }
    }

    public void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    public void CollectIdle()
    {
        foreach (var (_, activation) in _activations)
        {
            activation.CollectIfIdle();
        }
    }

    /// <summary>Makes no more activations, and ends all there are.</summary>
    public async Task CloseAsync(CancellationToken hurry)
    {
        _closed = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host is stopping.");
        while (!_activations.IsEmpty)
        {
            var all = _activations.Values.ToArray();
            foreach (var activation in all)
            {
                activation.Deactivate(reason, hurry);
            }

            await Task.WhenAll(all.Select(a => a.Deactivated)).WaitAsync(hurry);
        }
    }
}
