using Microsoft.Extensions.Options;

namespace Wego.Kubernetes;

/// <summary>
/// Remembers access decisions for seconds. Concurrent questions for the same decision are one request. Failures, a refused token
/// among them, are never remembered.
/// </summary>
internal sealed class AccessReviewCache(IOptions<KubernetesOptions> options, ICallerKeys keys, TimeProvider time) : IAccessReviewer
{
    /// <summary>More decisions than this are not kept: the oldest go.</summary>
    internal const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<AccessKey, Entry> _entries = [];
    private readonly LinkedList<AccessKey> _byAge = [];

    public Task<AccessDecision> ReviewAsync(IKubernetesClient client, KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken)
    {
        var key = new AccessKey(client.ClusterName, keys.KeyOf(identity), attributes);
        Entry entry;
        bool cached;
        lock (_gate)
        {
            cached = _entries.TryGetValue(key, out var found) && found.Expires > time.GetUtcNow();
            entry = cached ? found! : Add(key);
        }

        KubernetesTelemetry.RecordAccessReview(client.ClusterName, cached);
        if (!cached)
        {
            // Shared by all who ask meanwhile, so no single caller's cancellation may end it; the client has a deadline of its own.
            _ = AskAsync(entry, client, identity);
        }

        return entry.Decision.Task.WaitAsync(cancellationToken);
    }

    private async Task AskAsync(Entry entry, IKubernetesClient client, KubernetesIdentity identity)
    {
        try
        {
            var decision = await client.ReviewAccessAsync(identity, entry.Key.Attributes, CancellationToken.None);
            lock (_gate)
            {
                entry.Expires = time.GetUtcNow() + (decision.Allowed ? options.Value.AllowedAccessLifetime : options.Value.DeniedAccessLifetime);
            }

            entry.Decision.SetResult(decision);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                Remove(entry);
            }

            entry.Decision.SetException(e);
            // Observed here, for the callers may all have gone.
            _ = entry.Decision.Task.Exception;
        }
    }

    private Entry Add(AccessKey key)
    {
        if (_entries.TryGetValue(key, out var expired))
        {
            Remove(expired);
        }

        while (_entries.Count >= Capacity)
        {
            Remove(_entries[_byAge.First!.Value]);
        }

        var entry = new Entry(key, _byAge.AddLast(key));
        _entries.Add(key, entry);
        return entry;
    }

    private void Remove(Entry entry)
    {
        if (_entries.TryGetValue(entry.Key, out var present) && ReferenceEquals(present, entry))
        {
            _entries.Remove(entry.Key);
            _byAge.Remove(entry.Node);
        }
    }

    private sealed class Entry(AccessKey key, LinkedListNode<AccessKey> node)
    {
        public AccessKey Key { get; } = key;

        public LinkedListNode<AccessKey> Node { get; } = node;

        public TaskCompletionSource<AccessDecision> Decision { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Never while the question is open.</summary>
        public DateTimeOffset Expires { get; set; } = DateTimeOffset.MaxValue;
    }
}
