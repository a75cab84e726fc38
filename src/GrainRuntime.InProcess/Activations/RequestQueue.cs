using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Wego.GrainRuntime;

/// <summary>
/// Decides which requests of an activation run and which wait: one at a time, but for those that may interleave. Used
/// under the activation's lock.
/// </summary>
internal sealed class RequestQueue(Activation activation)
{
    private readonly List<Request> _running = [];
    private readonly LinkedList<Request> _waiting = [];
    private Dictionary<Guid, int>? _reentrantSections;
    private Request? _blocking;
    private int _waitingThatMayInterleave;

    public bool HasRunning => _running.Count > 0;

    public bool IsIdle => _running.Count == 0 && _waiting.Count == 0;

    public Dictionary<string, object>? FirstContext => _waiting.First?.Value.Context;

    /// <summary>Whether looking past the first waiting request can find one that may start. Where not, a long queue costs nothing.</summary>
    private bool MayOvertake =>
        _waitingThatMayInterleave > 0 || _reentrantSections is { Count: > 0 } || activation.Class.IsReentrant || activation.Class.MayInterleave is not null;

    public void Wait(Request request)
    {
        _waiting.AddLast(request);
        Count(request, 1);
    }

    public bool TryStart(Request request)
    {
        if (!MayStart(request))
        {
            return false;
        }

        Start(request);
        return true;
    }

    /// <summary>Starts the first waiting request that may, if any.</summary>
    public Request? StartNext()
    {
        if (_blocking is not null && !MayOvertake)
        {
            return null;
        }

        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            var request = node.Value;
            var start = !request.IsAbandoned && MayStart(request);
            if (start || request.IsAbandoned)
            {
                _waiting.Remove(node);
                Count(request, -1);
            }

            if (start)
            {
                Start(request);
                return request;
            }

            node = next;
        }

        return null;
    }

    public void Complete(Request request)
    {
        _running.Remove(request);
        if (ReferenceEquals(_blocking, request))
        {
            _blocking = _running.Find(r => !Interleaves(r));
        }
    }

    public List<Request> TakeWaiting()
    {
        List<Request> all = [.. _waiting];
        _waiting.Clear();
        _waitingThatMayInterleave = 0;
        return all;
    }

    public void EnterReentrantSection(Guid id)
    {
        _reentrantSections ??= [];
        _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
    }

    public void LeaveReentrantSection(Guid id)
    {
        if (_reentrantSections?.GetValueOrDefault(id) is > 1 and var count)
        {
            _reentrantSections[id] = count - 1;
        }
        else
        {
            _reentrantSections?.Remove(id);
        }
    }

    private static bool Interleaves(Request request) => request.Options.HasFlag(RequestOptions.AlwaysInterleave);

    private void Count(Request request, int change)
    {
        if (request.Options != RequestOptions.None)
        {
            _waitingThatMayInterleave += change;
        }
    }

    private void Start(Request request)
    {
        _running.Add(request);
        if (_blocking is null && !Interleaves(request))
        {
            _blocking = request;
        }
    }

    private bool MayStart(Request request) =>
        _blocking is null
        || Interleaves(request)
        || (request.Options & _blocking.Options).HasFlag(RequestOptions.ReadOnly)
        || IsInReentrantSection(request)
        || MayInterleave(request);

    private bool IsInReentrantSection(Request request) =>
        _reentrantSections is { Count: > 0 } sections && sections.ContainsKey(RequestContext.ReentrancyIdOf(request.Context));

    private bool MayInterleave(Request request)
    {
        var grainClass = activation.Class;
        if (grainClass.IsReentrant)
        {
            return true;
        }

        if (grainClass.MayInterleave is not { } predicate)
        {
            return false;
        }

        try
        {
            return (request is IInvokable incoming && predicate(activation.GrainInstance, incoming))
                || (_blocking is IInvokable running && predicate(activation.GrainInstance, running));
        }
        catch (Exception e)
        {
            Log.PredicateFailed(activation.Silo.Logger, activation.GrainId, e);
            return false;
        }
    }
}
