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

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        var gone = index.ObjectsOf(_kind).ToHashSet();
        foreach (var item in items)
        {
            gone.Remove((item.Namespace, item.Name));
            Set(item.Namespace, item.Name, format.ReadInstalled(cluster, item));
        }

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
