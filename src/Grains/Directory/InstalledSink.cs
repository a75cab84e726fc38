using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Puts the objects of one kind into the index of installed packages, and tells what changed.</summary>
internal sealed class InstalledSink(
    string cluster,
    IPackageFormat format,
    WatchedKind kind,
    InstalledIndex index,
    WatchState state,
    Action<InstalledPackageRef, InstalledPackageEvent> changed) : IReflectorSink
{
    private readonly string _kind = $"{kind.Resource}.{kind.Group}";

    // What the pages of a list that is not complete yet have told.
    private List<(string Namespace, string Object, InstalledPackage? Package)> _listed = [];

    public ValueTask<bool> TakePageAsync(IReadOnlyList<KubernetesObject> items, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            _listed = [];
        }

        _listed.AddRange(items.Select(item => (item.Namespace, item.Name, format.ReadInstalled(cluster, item))));
        return ValueTask.FromResult(true);
    }

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        var gone = index.ObjectsOf(_kind).ToHashSet();
        foreach (var (ns, name, package) in _listed)
        {
            gone.Remove((ns, name));
            Set(ns, name, package);
        }

        _listed = [];

        foreach (var (ns, name) in gone)
        {
            Set(ns, name, null);
        }

        state.Synced();
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        var item = change.Object;
        Set(item.Namespace, item.Name, change.Type == WatchEventType.Deleted ? null : format.ReadInstalled(cluster, item));
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

    private void Set(string ns, string name, InstalledPackage? package)
    {
        foreach (var change in index.Set(_kind, ns, name, package))
        {
            changed(change.Ref, change.Now is { } now
                ? new InstalledPackageEvent(InstalledPackageEventType.Present, now)
                : new InstalledPackageEvent(InstalledPackageEventType.Deleted, change.Last));
        }
    }
}
