using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>Puts what the objects of one kind say into an index.</summary>
/// <typeparam name="T">What an object says.</typeparam>
/// <param name="read">Reads an object; null where it says nothing.</param>
/// <param name="known">The objects of the kind that are in the index.</param>
/// <param name="set">Puts what an object says into the index; null removes it.</param>
/// <param name="state">The state of the watch.</param>
internal sealed class IndexSink<T>(
    Func<KubernetesObject, T?> read, Func<IEnumerable<(string Namespace, string Name)>> known, Action<string, string, T?> set, WatchState state) : IReflectorSink
    where T : class
{
    // What the pages of a list that is not complete yet have told. The objects themselves are let go page by page.
    private List<(string Namespace, string Name, T? Said)> _listed = [];

    public ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            _listed = [];
        }

        _listed.AddRange(items.Select(item => (item.Namespace, item.Name, read(item))));
        return ValueTask.FromResult(true);
    }

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        var gone = known().ToHashSet();
        foreach (var (ns, name, said) in _listed)
        {
            gone.Remove((ns, name));
            set(ns, name, said);
        }

        _listed = [];
        foreach (var (ns, name) in gone)
        {
            set(ns, name, null);
        }

        state.Synced();
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        var item = change.Object;
        set(item.Namespace, item.Name, change.Type == WatchEventType.Deleted ? null : read(item));
        return ValueTask.CompletedTask;
    }

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        state.Stale(since, reason);
        return ValueTask.CompletedTask;
    }

    public ValueTask CurrentAsync(CancellationToken cancellationToken)
    {
        state.Current();
        return ValueTask.CompletedTask;
    }
}
