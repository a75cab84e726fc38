using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Puts the objects of one kind into the index of catalogues.</summary>
internal sealed class CatalogueSink(ICatalogueObjects format, WatchedKind kind, CatalogueIndex index, WatchState state) : IReflectorSink
{
    private readonly string _kind = $"{kind.Resource}.{kind.Group}";

    // What the pages of a list that is not complete yet have told. The objects themselves are let go page by page.
    private List<(string Namespace, string Name, CatalogueObject? Object)> _listed = [];

    public ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            _listed = [];
        }

        _listed.AddRange(items.Select(item => (item.Namespace, item.Name, format.Read(item))));
        return ValueTask.FromResult(true);
    }

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        var gone = index.ObjectsOf(_kind).ToHashSet();
        foreach (var (ns, name, obj) in _listed)
        {
            gone.Remove((ns, name));
            index.Set(_kind, ns, name, obj);
        }

        _listed = [];
        foreach (var (ns, name) in gone)
        {
            index.Set(_kind, ns, name, null);
        }

        state.Synced();
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        var item = change.Object;
        index.Set(_kind, item.Namespace, item.Name, change.Type == WatchEventType.Deleted ? null : format.Read(item));
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
