using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// Keeps the objects of all catalogues of one format in one cluster: one watch per kind, over all namespaces, from the first
/// question on. Used from the turns of the directory's grain.
/// </summary>
internal sealed class CatalogueWatches(string cluster, IRepositoryFormat repositories, ICatalogueObjects format, IKubernetesClient client, GrainServices services) : IAsyncDisposable
{
    private readonly CatalogueIndex _index = new(format.UnnamedRepository);
    private readonly List<WatchState> _states = [];
    private readonly List<KindWatch> _watches = [];

    private DateTimeOffset? StaleSince => _states.Min(s => s.StaleSince);

    /// <summary>The objects of one repository's catalogue.</summary>
    /// <param name="ns">The repository's namespace.</param>
    /// <param name="repository">Its name.</param>
    /// <param name="known">The revision that the asker has, or empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PackageException">The objects cannot be listed.</exception>
    public async Task<CatalogueObjects> ReadAsync(string ns, string repository, string known, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        var (revision, packages) = _index.Read(ns, repository);
        return new CatalogueObjects(revision, revision == known && known.Length > 0 ? null : [.. packages], StaleSince);
    }

    /// <summary>The repositories that packages name, those that have an object among them.</summary>
    /// <exception cref="PackageException">The objects cannot be listed.</exception>
    public async Task<IReadOnlyCollection<(string Namespace, string Name)>> ListRepositoriesAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return [.. _index.Repositories];
    }

    /// <summary>The packages with the repositories that offer them; null for each that none offers, there or in the global namespace.</summary>
    /// <exception cref="PackageException">The objects cannot be listed.</exception>
    public async Task<ImmutableArray<AvailablePackageRef?>> ResolveAsync(ImmutableArray<AvailablePackageRef> packages, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return [.. packages.Select(Resolve)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
        }
    }

    private AvailablePackageRef? Resolve(AvailablePackageRef package)
    {
        string?[] namespaces = [package.Repository.Namespace, repositories.GlobalNamespace];
        foreach (var ns in namespaces.OfType<string>())
        {
            if (_index.FindRepository(ns, package.Package) is { } repository)
            {
                return package with { Repository = package.Repository with { Namespace = ns, Name = repository } };
            }
        }

        return null;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_watches.Count == 0)
        {
            Start();
        }

        foreach (var state in _states)
        {
            await state.WaitAsync(cancellationToken);
        }
    }

    private void Start()
    {
        foreach (var kind in format.Kinds)
        {
            var state = new WatchState($"{kind.Resource} of cluster '{cluster}'");
            _states.Add(state);
            var source = kind.GroupResource;
            var sink = new IndexSink<CatalogueObject>(format.Read, () => _index.ObjectsOf(source), (ns, name, said) => _index.Set(source, ns, name, said), state);
            _watches.Add(new KindWatch(client, kind, ns: null, selector: null, state, sink, services).Start());
        }
    }
}
