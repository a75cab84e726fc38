using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>Keeps the objects of one package by name, and tells when they change.</summary>
internal sealed class ObjectSink(WatchState state, Pulse changed) : IReflectorSink
{
    private readonly SortedDictionary<string, KubernetesObject> _objects = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KubernetesObject> Objects => _objects.Values;

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        _objects.Clear();
        foreach (var item in items)
        {
            _objects[item.Name] = item;
        }

        state.Synced();
        changed.Beat();
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        if (change.Type == WatchEventType.Deleted)
        {
            _objects.Remove(change.Object.Name);
        }
        else
        {
            _objects[change.Object.Name] = change.Object;
        }

        changed.Beat();
        return ValueTask.CompletedTask;
    }

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        state.Stale(since, reason);
        changed.Beat();
        return ValueTask.CompletedTask;
    }

    public ValueTask CurrentAsync(CancellationToken cancellationToken)
    {
        state.Current();
        return ValueTask.CompletedTask;
    }
}
