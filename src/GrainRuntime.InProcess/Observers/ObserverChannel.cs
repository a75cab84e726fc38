using Orleans;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Calls go to an object outside the grains, held weakly, one at a time and in order.</summary>
internal sealed class ObserverChannel(Silo silo, GrainId id, IGrainObserver observer) : RequestChannel(silo, id)
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _waiting = new();
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private bool _draining;
    private volatile bool _deleted;

    public void Delete() => _deleted = true;

    public override void Send(Request request)
    {
        if (request is not Call call)
        {
            request.TryFail(new NotSupportedException("An observer cannot return IAsyncEnumerable<T>."));
            return;
        }

        lock (_gate)
        {
            _waiting.Enqueue(call);
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static channel => _ = channel.DrainAsync(), this, preferLocal: false);
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            Call? call;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out call))
                {
                    _draining = false;
                    return;
                }
            }

            if (_deleted || !_observer.TryGetTarget(out var target))
            {
                call.TryFail(new OrleansMessageRejectionException($"{call} did not reach observer {Id}: its reference was deleted, or the object was not kept alive."));
                continue;
            }

            await call.ExecuteOutsideAsync(target);
        }
    }
}
