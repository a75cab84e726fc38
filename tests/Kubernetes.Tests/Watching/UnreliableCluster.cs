using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Wego.Kubernetes.Tests;

/// <summary>
/// An API server in memory that keeps its promises only as far as the real one does: it drops watches, forgets history, expires
/// continue tokens, throttles and fails, as a seed decides.
/// </summary>
public sealed class UnreliableCluster(int seed) : IKubernetesClient
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<(long Version, WatchEvent Event)> _history = [];
    private readonly Dictionary<string, KubernetesObject> _objects = [];
    private readonly Dictionary<string, (ImmutableArray<KubernetesObject> Items, long Version)> _snapshots = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 100;
    private long _oldest;

    /// <summary>Whether faults happen.</summary>
    public bool IsUnreliable { get; set; } = true;

    public string ClusterName => "unreliable";

    public IApiDiscovery Discovery => throw new NotSupportedException();

    /// <summary>The present objects, as name@version, sorted.</summary>
    public string State
    {
        get
        {
            lock (_gate)
            {
                return Describe(_objects.Values);
            }
        }
    }

    public static string Describe(IEnumerable<KubernetesObject> objects) =>
        string.Join(',', objects.Select(o => $"{o.Name}@{o.ResourceVersion}").Order(StringComparer.Ordinal));

    /// <summary>Creates, changes or deletes something; sometimes forgets the past.</summary>
    public void Change()
    {
        lock (_gate)
        {
            var name = "object-" + _random.Next(10);
            var exists = _objects.ContainsKey(name);
            var changed = KubernetesObject.Parse(Encoding.UTF8.GetBytes(Json.ConfigMap(name, (++_version).ToString())));
            var deletes = exists && _random.Next(3) == 0;
            if (deletes)
            {
                _objects.Remove(name);
            }
            else
            {
                _objects[name] = changed;
            }

            _history.Add((_version, new WatchEvent(deletes ? WatchEventType.Deleted : exists ? WatchEventType.Modified : WatchEventType.Added, changed)));
            if (_random.Next(20) == 0)
            {
                _oldest = _version - _random.Next(5);
                _snapshots.Clear();
            }

            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<KubernetesList> ListAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Fail(10);
            var id = options.Continue?.Split('/')[0] ?? Guid.NewGuid().ToString();
            if (options.Continue is null)
            {
                _snapshots[id] = ([.. _objects.Values], _version);
            }
            else if (!_snapshots.ContainsKey(id))
            {
                throw new KubernetesException(KubernetesFailure.Expired, "The continue token is too old.", 410);
            }

            var (items, version) = _snapshots[id];
            var start = options.Continue is { } token ? int.Parse(token.Split('/')[1]) : 0;
            var end = options.Limit > 0 ? Math.Min(items.Length, start + options.Limit) : items.Length;
            return Task.FromResult(new KubernetesList(items[start..end], version.ToString(), end < items.Length ? $"{id}/{end}" : null));
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var at = long.Parse(options.ResourceVersion!);
        lock (_gate)
        {
            Fail(10);
        }

        options.Opened?.Invoke();
        while (true)
        {
            Task changed;
            WatchEvent[] events;
            lock (_gate)
            {
                if (at < _oldest)
                {
                    throw new KubernetesException(KubernetesFailure.Expired, "too old resource version", 410);
                }

                if (IsUnreliable && _random.Next(8) == 0)
                {
                    yield break;
                }

                Fail(8);
                events = [.. _history.Where(h => h.Version > at).Select(h => h.Event).Take(IsUnreliable ? _random.Next(4) : int.MaxValue)];
                changed = _changed.Task;
            }

            foreach (var change in events)
            {
                at = long.Parse(change.Object.ResourceVersion);
                yield return change;
            }

            if (events.Length == 0)
            {
                yield return new WatchEvent(WatchEventType.Bookmark, KubernetesObject.From(new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = at.ToString() } }));
                if (!IsUnreliable)
                {
                    await changed.WaitAsync(cancellationToken);
                }
            }
        }
    }

    public Task<KubernetesObject> GetAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KubernetesObject> CreateAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KubernetesObject> ReplaceAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KubernetesObject> PatchAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, PatchType type, JsonNode patch, PatchOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AccessDecision> ReviewAccessAsync(KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TokenReviewResult> ReviewTokenAsync(string token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RawResponse> GetRawAsync(KubernetesIdentity identity, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Fail(int oneIn)
    {
        if (IsUnreliable && _random.Next(oneIn) == 0)
        {
            throw _random.Next(3) switch
            {
                0 => new KubernetesException(KubernetesFailure.Unreachable, "connection reset"),
                1 => new KubernetesException(KubernetesFailure.Throttled, "slow down", 429, retryAfter: TimeSpan.FromSeconds(3)),
                _ => new KubernetesException(KubernetesFailure.Unavailable, "restarting", 503),
            };
        }
    }
}
