using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Testing;

/// <summary>
/// A cluster in memory, for tests of what one component asks of the API server: names are made up in order, versions are checked,
/// merge patches are applied, calls are recorded, and any call can be made to fail. The sandbox is the place for everything else.
/// </summary>
public sealed class FakeKubernetesClient(string clusterName = "default") : IKubernetesClient
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<(GroupVersionResource Resource, string? Namespace, string? FieldSelector)> _listed = [];
    private readonly List<FakeWatch> _watches = [];
    private readonly List<(GroupVersionResource Resource, string Ns, int Version, WatchEvent Event)> _history = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiters = [];
    private int _lastVersion;
    private int _lastUid;
    private int _lastName;

    public string ClusterName => clusterName;

    public FakeApiDiscovery Kinds { get; } = new();

    public IApiDiscovery Discovery => Kinds;

    /// <summary>Every call as <c>identity verb resource namespace/name</c>, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Decides which call fails: verb, resource, namespace, name. Null lets it through.</summary>
    public Func<FakeCall, KubernetesFailure?> Fail { get; set; } = _ => null;

    /// <summary>Answers access reviews.</summary>
    public Func<KubernetesIdentity, ResourceAttributes, bool> Allow { get; set; } = (_, _) => true;

    /// <summary>All objects, in the order of resource, namespace and name.</summary>
    public IReadOnlyList<JsonObject> Objects
    {
        get
        {
            lock (_gate)
            {
                return [.. _objects.Values.Select(o => o.DeepClone().AsObject())];
            }
        }
    }

    /// <summary>Puts an object there, as if it had always been there.</summary>
    public KubernetesObject Add(JsonObject manifest)
    {
        var kind = Kinds.Find(manifest["apiVersion"]!.GetValue<string>(), manifest["kind"]!.GetValue<string>())
            ?? throw new InvalidOperationException($"The fake does not serve {manifest["apiVersion"]} {manifest["kind"]}.");
        var obj = manifest.DeepClone().AsObject();
        return Store(kind.Resource, KeyOf(kind.Resource, Text(obj, "namespace"), Text(obj, "name")!), obj, WatchEventType.Added);
    }

    /// <summary>How many watches of a resource are open.</summary>
    public int OpenWatches(string resource)
    {
        lock (_gate)
        {
            return _watches.Count(w => w.Resource.Resource == resource);
        }
    }

    /// <summary>Completes once the condition holds; it is looked at after every call and whenever a watch opens or ends.</summary>
    public Task WhenAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            if (condition())
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, met));
            return met.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>
    /// Completes once every open watch has delivered all changes and whoever reads it asks for more. Who has listed with the
    /// service's identity is about to watch; that watch counts, too.
    /// </summary>
    public Task SettledAsync() => WhenAsync(() => _listed.Count == 0 && _watches.TrueForAll(w => w.IsSettled));

    /// <summary>Ends all watches, as an API server does from time to time.</summary>
    public void DropWatches()
    {
        lock (_gate)
        {
            foreach (var watch in _watches)
            {
                watch.Events.Writer.TryComplete();
            }

            _watches.Clear();
        }
    }

    public Task<KubernetesObject> GetAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        Record(identity, "get", resource, ns, name);
        return Task.FromResult(KubernetesObject.From(Find(resource, ns, name)));
    }

    public Task<KubernetesList> ListAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        Record(identity, "list", resource, ns, "");
        lock (_gate)
        {
            var items = Matching(resource, ns, options.FieldSelector).Where(obj => HasLabel(obj, options.LabelSelector)).ToList();
            var start = int.Parse(options.Continue ?? "0");
            var page = options.Limit > 0 ? items.Skip(start).Take(options.Limit).ToList() : items;
            var next = options.Limit > 0 && start + page.Count < items.Count ? $"{start + page.Count}" : null;
            if (next is null && identity == KubernetesIdentity.Service && !options.MetadataOnly)
            {
                _listed.Add((resource, ns, options.FieldSelector));
            }

            return Task.FromResult(new KubernetesList([.. page.Select(KubernetesObject.From)], $"{_lastVersion}", next));
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Record(identity, "watch", resource, ns, "");
        var watch = new FakeWatch(resource, ns);
        lock (_gate)
        {
            _listed.Remove((resource, ns, options.FieldSelector));
            _watches.Add(watch);
            foreach (var known in options.ResourceVersion is { } version ? After(resource, ns, int.Parse(version)) : Present(resource, ns, options.FieldSelector))
            {
                watch.Write(known);
            }
        }

        options.Opened?.Invoke();
        Signal();
        try
        {
            await foreach (var change in watch.Events.Reader.ReadAllAsync(cancellationToken))
            {
                if (options.FieldSelector is null || options.FieldSelector == $"metadata.name={change.Object.Name}")
                {
                    yield return change;
                }

                watch.Handled();
                Signal();
            }
        }
        finally
        {
            lock (_gate)
            {
                _watches.Remove(watch);
            }

            Signal();
        }
    }

    public Task<KubernetesObject> CreateAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken)
    {
        var obj = manifest.DeepClone().AsObject();
        var metadata = obj["metadata"]!.AsObject();
        var name = Text(obj, "name") ?? $"{Text(obj, "generateName")}{Interlocked.Increment(ref _lastName):00000}";
        Record(identity, "create", resource, ns, name);
        metadata["name"] = name;
        metadata.Remove("generateName");
        metadata["uid"] = $"uid-{Interlocked.Increment(ref _lastUid)}";
        metadata["generation"] = 1;
        var key = KeyOf(resource, ns, name);
        lock (_gate)
        {
            if (_objects.ContainsKey(key))
            {
                throw Failure(KubernetesFailure.AlreadyExists, "create", resource, ns, name);
            }

            return Task.FromResult(Store(resource, key, obj, WatchEventType.Added));
        }
    }

    public Task<KubernetesObject> ReplaceAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken)
    {
        Record(identity, "update", resource, ns, name);
        lock (_gate)
        {
            var present = Find(resource, ns, name);
            if (Text(manifest, "resourceVersion") is { } expected && expected != Text(present, "resourceVersion"))
            {
                throw Failure(KubernetesFailure.Conflict, "update", resource, ns, name);
            }

            var obj = manifest.DeepClone().AsObject();
            obj.Remove("status");
            if (present["status"] is { } status)
            {
                obj["status"] = status.DeepClone();
            }

            return Task.FromResult(Store(resource, KeyOf(resource, ns, name), obj, WatchEventType.Modified));
        }
    }

    public Task<KubernetesObject> PatchAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, PatchType type, JsonNode patch, PatchOptions options, CancellationToken cancellationToken)
    {
        Record(identity, "patch", resource, ns, name);
        if (type != PatchType.Merge)
        {
            throw new NotSupportedException($"The fake applies merge patches only, not {type}.");
        }

        lock (_gate)
        {
            var obj = (JsonObject)Merge(Find(resource, ns, name), patch)!;
            return Task.FromResult(Store(resource, KeyOf(resource, ns, name), obj, WatchEventType.Modified));
        }
    }

    public Task DeleteAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        Record(identity, "delete", resource, ns, name);
        lock (_gate)
        {
            var present = Find(resource, ns, name);
            if (options.PreconditionUid is { } uid && uid != Text(present, "uid"))
            {
                throw Failure(KubernetesFailure.Conflict, "delete", resource, ns, name);
            }

            _objects.Remove(KeyOf(resource, ns, name));
            present["metadata"]!["resourceVersion"] = $"{++_lastVersion}";
            Notify(resource, ns, WatchEventType.Deleted, KubernetesObject.From(present));
        }

        return Task.CompletedTask;
    }

    public Task<AccessDecision> ReviewAccessAsync(KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken)
    {
        Record(identity, "review", new GroupVersionResource(attributes.Group, "", attributes.Resource), attributes.Namespace, attributes.Name);
        return Task.FromResult(new AccessDecision(Allow(identity, attributes), ""));
    }

    public Task<TokenReviewResult> ReviewTokenAsync(string token, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The fake reviews no tokens.");

    public Task<RawResponse> GetRawAsync(KubernetesIdentity identity, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The fake has no raw documents.");

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject present ? present.DeepClone().AsObject() : [];
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                result.Remove(key);
            }
            else
            {
                result[key] = Merge(result[key], value);
            }
        }

        return result;
    }

    private static string KeyOf(GroupVersionResource resource, string? ns, string name) => $"{resource.Resource}.{resource.Group}|{ns}|{name}";

    private static string? Text(JsonObject obj, string name) => obj["metadata"]?[name]?.GetValue<string>();

    private static KubernetesException Failure(KubernetesFailure failure, string verb, GroupVersionResource resource, string? ns, string name) =>
        new(failure, $"{verb} {resource} {ns}/{name}: {failure}");

    private void Record(KubernetesIdentity identity, string verb, GroupVersionResource resource, string? ns, string name)
    {
        Calls.Enqueue($"{identity} {verb} {resource.Resource} {ns}/{name}");
        Signal();
        if (Fail(new FakeCall(identity, verb, resource.Resource, ns ?? "", name, resource.Version)) is { } failure)
        {
            throw Failure(failure, verb, resource, ns, name);
        }
    }

    private JsonObject Find(GroupVersionResource resource, string? ns, string name)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(KeyOf(resource, ns, name), out var obj)
                ? obj.DeepClone().AsObject()
                : throw Failure(KubernetesFailure.NotFound, "get", resource, ns, name);
        }
    }

    private IEnumerable<JsonObject> Matching(GroupVersionResource resource, string? ns, string? fieldSelector) =>
        _objects
            .Where(pair => pair.Key.StartsWith(string.IsNullOrEmpty(ns) ? KeyOf(resource, "", "")[..^1] : KeyOf(resource, ns, ""), StringComparison.Ordinal))
            .Select(pair => pair.Value)
            .Where(obj => fieldSelector is null || fieldSelector == $"metadata.name={Text(obj, "name")}");

    // Selectors of the form name=value alone.
    private static bool HasLabel(JsonObject obj, string? selector) =>
        selector is null || (selector.Split('=') is [var name, var value] && obj["metadata"]!["labels"]?[name]?.GetValue<string>() == value);

    private static bool IsWatched(GroupVersionResource watched, string? watchedNs, GroupVersionResource resource, string ns) =>
        watched.Resource == resource.Resource && watched.Group == resource.Group && (string.IsNullOrEmpty(watchedNs) || watchedNs == ns);

    private IEnumerable<WatchEvent> After(GroupVersionResource resource, string? ns, int version) =>
        _history.Where(h => h.Version > version && IsWatched(resource, ns, h.Resource, h.Ns)).Select(h => h.Event);

    private IEnumerable<WatchEvent> Present(GroupVersionResource resource, string? ns, string? fieldSelector) =>
        Matching(resource, ns, fieldSelector).Select(obj => new WatchEvent(WatchEventType.Added, KubernetesObject.From(obj)));

    private void Signal()
    {
        lock (_gate)
        {
            foreach (var waiter in _waiters.Where(w => w.Condition()).ToArray())
            {
                _waiters.Remove(waiter);
                waiter.Met.TrySetResult();
            }
        }
    }

    private KubernetesObject Store(GroupVersionResource resource, string key, JsonObject obj, WatchEventType change)
    {
        lock (_gate)
        {
            obj["metadata"]!["resourceVersion"] = $"{++_lastVersion}";
            _objects[key] = obj;
            var stored = KubernetesObject.From(obj);
            Notify(resource, stored.Namespace, change, stored);
            return stored;
        }
    }

    private void Notify(GroupVersionResource resource, string? ns, WatchEventType type, KubernetesObject obj)
    {
        _history.Add((resource, ns ?? "", _lastVersion, new WatchEvent(type, obj)));
        foreach (var watch in _watches.Where(w => IsWatched(w.Resource, w.Namespace, resource, ns ?? "")))
        {
            watch.Write(new WatchEvent(type, obj));
        }
    }
}
