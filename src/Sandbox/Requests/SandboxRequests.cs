using System.Collections.Concurrent;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox;

/// <summary>The requests the sandbox got and the watches that are open, so that a test can say "nothing was listed" or "one watch per resource".</summary>
public sealed class SandboxRequests
{
    private const int Limit = 10_000;
    private readonly ConcurrentQueue<SandboxRequest> _requests = new();
    private readonly ConcurrentDictionary<SandboxDecision, bool> _decisions = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(GroupResource Resource, string Namespace), int> _watches = [];
    private TaskCompletionSource _changed = New();

    internal SandboxRequests()
    {
    }

    /// <summary>The latest requests, oldest first; at most 10,000 since the last <see cref="Clear"/>.</summary>
    public IReadOnlyCollection<SandboxRequest> All => _requests;

    /// <summary>What the authorizer decided since the start, each decision once.</summary>
    public IEnumerable<SandboxDecision> Decisions => _decisions.Keys;

    /// <summary>Forgets the requests so far. Open watches stay counted, and decisions known.</summary>
    public void Clear() => _requests.Clear();

    /// <summary>How many requests had the verb and, unless it is null, the plural resource name.</summary>
    public int Count(string verb, string? resource = null) =>
        _requests.Count(r => r.Verb == verb && (resource is null || r.Resource == resource));

    /// <summary>How many watches of a resource are open now, over all namespaces.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="resource">The plural resource name.</param>
    public int OpenWatches(string group, string resource)
    {
        lock (_gate)
        {
            return _watches.Where(w => w.Key.Resource == new GroupResource(group, resource)).Sum(w => w.Value);
        }
    }

    /// <summary>How many watches are open now.</summary>
    public int OpenWatches()
    {
        lock (_gate)
        {
            return _watches.Values.Sum();
        }
    }

    /// <summary>Completes once a condition on the requests or the open watches holds; it is evaluated after each change of either.</summary>
    public async Task WaitForAsync(Func<SandboxRequests, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (condition(this))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal void Add(SandboxRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > Limit)
        {
            _requests.TryDequeue(out _);
        }

        Signal();
    }

    /// <summary>What a user asked for in vain.</summary>
    public IEnumerable<SandboxDecision> RefusedTo(string user) => Decisions.Where(d => !d.Allowed && string.Equals(d.User, user, StringComparison.Ordinal));

    internal void Add(SandboxDecision decision) => _decisions.TryAdd(decision, true);

    internal IDisposable OpenWatch(GroupResource resource, string @namespace)
    {
        Adjust((resource, @namespace), 1);
        return new Watch(this, (resource, @namespace));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Adjust((GroupResource Resource, string Namespace) key, int by)
    {
        lock (_gate)
        {
            _watches[key] = _watches.GetValueOrDefault(key) + by;
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = New();
        }

        changed.TrySetResult();
    }

    private sealed class Watch(SandboxRequests owner, (GroupResource Resource, string Namespace) key) : IDisposable
    {
        public void Dispose() => owner.Adjust(key, -1);
    }
}
