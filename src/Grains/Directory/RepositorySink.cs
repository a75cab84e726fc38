using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Keeps the summaries of all repositories of one kind.</summary>
internal sealed class RepositorySink(string cluster, IRepositoryFormat format, WatchState state, Action changed) : IReflectorSink
{
    private Dictionary<(string Namespace, string Name), RepositorySummary> _repositories = [];

    /// <summary>All repositories, in no order.</summary>
    public IReadOnlyCollection<RepositorySummary> Repositories => _repositories.Values;

    public bool Contains(string ns, string name) => _repositories.ContainsKey((ns, name));

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        _repositories = items.ToDictionary(i => (i.Namespace, i.Name), i => format.ReadRepository(cluster, i));
        state.Synced();
        changed();
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        var key = (change.Object.Namespace, change.Object.Name);
        if (change.Type == WatchEventType.Deleted)
        {
            _repositories.Remove(key);
        }
        else
        {
            _repositories[key] = format.ReadRepository(cluster, change.Object);
        }

        changed();
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
