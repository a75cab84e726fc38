using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>The size and age of one repository's catalogue, which are reported together with those of all others of its plugin and cluster.</summary>
internal sealed class CatalogueMeasure : IDisposable
{
    private static readonly ConcurrentDictionary<CatalogueMeasure, byte> Held = new();
    private readonly RepositoryRef _repository;
    private readonly bool _isFetched;
    private readonly TimeProvider _time;
    private volatile CatalogueState? _state;

    /// <param name="repository">The repository.</param>
    /// <param name="isFetched">Whether its catalogue is fetched from time to time; one made of objects that are watched has no age.</param>
    /// <param name="time">The clock.</param>
    public CatalogueMeasure(RepositoryRef repository, bool isFetched, TimeProvider time)
    {
        (_repository, _isFetched, _time) = (repository, isFetched, time);
        Held.TryAdd(this, 0);
    }

    /// <summary>Takes the state as it is now; null where there is no repository.</summary>
    public void Set(CatalogueState? state) => _state = state;

    public void Dispose() => Held.TryRemove(this, out _);

    public static IEnumerable<Measurement<int>> MeasureRepositories() =>
        from held in States()
        group held by (held.Plugin, held.Cluster, Kind: KindOf(held.State)) into same
        select new Measurement<int>(same.Count(), Tags(same.Key.Plugin, same.Key.Cluster, same.Key.Kind));

    public static IEnumerable<Measurement<long>> MeasurePackages() => Sum(s => s.Packages);

    public static IEnumerable<Measurement<long>> MeasureVersions() => Sum(s => s.Versions);

    public static IEnumerable<Measurement<double>> MeasureAge() =>
        from held in States()
        where held.Age is not null
        group held by (held.Plugin, held.Cluster) into same
        select new Measurement<double>(same.Max(h => h.Age!.Value.TotalSeconds), Tags(same.Key.Plugin, same.Key.Cluster));

    private static IEnumerable<Measurement<long>> Sum(Func<CatalogueState, long> count) =>
        from held in States()
        group held by (held.Plugin, held.Cluster) into same
        select new Measurement<long>(same.Sum(h => count(h.State)), Tags(same.Key.Plugin, same.Key.Cluster));

    private static IEnumerable<(string Plugin, string Cluster, CatalogueState State, TimeSpan? Age)> States()
    {
        foreach (var held in Held.Keys)
        {
            if (held._state is { } state)
            {
                var age = held._isFetched ? held._time.GetUtcNow() - state.LoadedAt : null;
                yield return (held._repository.Plugin.Name, held._repository.Cluster, state, age);
            }
        }
    }

    private static string KindOf(CatalogueState state) => state switch
    {
        { Error: null } => "loaded",
        { LoadedAt: not null } => "stale",
        _ => "failed",
    };

    private static TagList Tags(string plugin, string cluster, string? kind = null)
    {
        var tags = new TagList { { "wego.plugin", plugin }, { "k8s.cluster.name", cluster } };
        if (kind is not null)
        {
            tags.Add("wego.catalogue.state", kind);
        }

        return tags;
    }
}
