using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <inheritdoc cref="IPackageDirectoryGrain"/>
internal sealed class PackageDirectoryGrain(
    IPluginRegistry plugins,
    IKubernetesClients clusters,
    IOptions<GrainOptions> options,
    TimeProvider time,
    ILogger<PackageDirectoryGrain> logger) : Grain, IPackageDirectoryGrain
{
    private readonly InstalledIndex _index = new();
    private readonly ChangeFeed<InstalledPackageRef, InstalledPackageEvent> _changes = new();
    private readonly Dictionary<RepositoryRef, CatalogueState> _catalogues = [];
    private readonly List<KindWatch> _watches = [];
    private readonly List<WatchState> _installed = [];
    private readonly Pulse _changed = new();
    private WatchState? _repositoriesState;
    private RepositorySink? _repositories;
    private IRepositoryFormat? _repositoryFormat;
    private CatalogueWatches? _catalogueObjects;
    private PluginId? _plugin;
    private string _cluster = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = GrainKeys.Split(this.GetPrimaryKeyString());
        var plugin = plugins.Find(key[0])
            ?? throw new PackageException(PackageErrorCode.InvalidArgument, $"plugin: there is no plugin '{key[0]}' here.");
        (_plugin, _cluster) = (plugin.Id, key[1]);
        var client = clusters.Get(_cluster);
        var services = new GrainServices(options.Value, time, logger);
        foreach (var kind in plugin.Packages?.InstalledKinds ?? [])
        {
            var state = new WatchState($"{kind.Resource} of cluster '{_cluster}'");
            _installed.Add(state);
            var source = kind.GroupResource;
            var sink = new IndexSink<InstalledPackage>(
                item => plugin.Packages!.ReadInstalled(_cluster, item), () => _index.ObjectsOf(source), (ns, name, package) => SetInstalled(source, ns, name, package), state);
            _watches.Add(new KindWatch(client, kind, ns: null, selector: null, state, sink, services).Start());
        }

        if (plugin.Repositories is { } format)
        {
            _repositoriesState = new WatchState($"{format.RepositoryKind.Resource} of cluster '{_cluster}'");
            _repositories = new RepositorySink(_cluster, format, _repositoriesState, _changed.Beat);
            _watches.Add(new KindWatch(client, format.RepositoryKind, ns: null, selector: null, _repositoriesState, _repositories, services).Start());
            _repositoryFormat = format;
            _catalogueObjects = format.Objects is { } objects ? new CatalogueWatches(_cluster, format, objects, client, services) : null;
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
        }

        if (_catalogueObjects is not null)
        {
            await _catalogueObjects.DisposeAsync();
        }
    }

    public Task SyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_installed.Append(_repositoriesState).OfType<WatchState>().Select(s => s.WaitAsync(cancellationToken)));

    public async Task<InstalledPage> ListInstalledAsync(InstalledQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var (index, staleSince) = await IndexAsync(query, caller, cancellationToken);
        var found = ImmutableArray.CreateBuilder<InstalledPackage>();
        foreach (var (key, package) in index.Sorted)
        {
            if (!Matches(query, key, package))
            {
                continue;
            }

            if (query.Limit > 0 && found.Count == query.Limit)
            {
                return new InstalledPage(found.DrainToImmutable(), HasMore: true, staleSince);
            }

            found.Add(package);
        }

        return new InstalledPage(found.DrainToImmutable(), HasMore: false, staleSince);
    }

    public async Task<RepositoryPage> ListRepositoriesAsync(ImmutableHashSet<string>? namespaces, CancellationToken cancellationToken)
    {
        await RepositoriesAsync(cancellationToken);
        var implied = await ListImpliedAsync(cancellationToken);
        return new RepositoryPage(
            [
                .. _repositories!.Repositories
                    .Select(r => new RepositoryEntry(r, _catalogues.GetValueOrDefault(r.Ref)))
                    .Concat(implied)
                    .Where(r => namespaces is null || namespaces.Contains(r.Summary.Ref.Namespace))
                    .OrderBy(r => r.Summary.Ref.Name, StringComparer.Ordinal)
                    .ThenBy(r => r.Summary.Ref.Namespace, StringComparer.Ordinal),
            ],
            _repositoriesState!.StaleSince);
    }

    public async Task<ImmutableArray<string>> ListInstalledNamespacesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InstalledAsync(cancellationToken);
        }
        catch (PackageException e) when (IsDenied)
        {
            throw new PackageException(
                PackageErrorCode.PermissionDenied, $"context.namespace: name one. To find those in which you may list takes rights of Wego's own, which are lacking: {e.Message}", e);
        }

        return [.. _index.Sorted.Select(p => p.Package.Ref.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async Task<ImmutableArray<string>> ListRepositoryNamespacesAsync(CancellationToken cancellationToken)
    {
        await RepositoriesAsync(cancellationToken);
        return [.. _repositories!.Repositories.Select(r => r.Ref.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public Task<CatalogueObjects> GetCatalogueAsync(string ns, string repository, string known, CancellationToken cancellationToken) =>
        CatalogueWatches.ReadAsync(ns, repository, known, cancellationToken);

    public Task<ImmutableArray<AvailablePackageRef?>> ResolveAsync(ImmutableArray<AvailablePackageRef> packages, CancellationToken cancellationToken) =>
        CatalogueWatches.ResolveAsync(packages, cancellationToken);

    public async Task WaitForInstalledAsync(InstalledPackageRef package, CancellationToken cancellationToken)
    {
        await InstalledAsync(cancellationToken);
        while (_index.Find(package) is null)
        {
            await _changed.Next.WaitAsync(cancellationToken);
        }
    }

    public async Task WaitForRepositoryAsync(RepositoryRef repository, bool present, CancellationToken cancellationToken)
    {
        await RepositoriesAsync(cancellationToken);
        while (_repositories!.Contains(repository.Namespace, repository.Name) != present)
        {
            await _changed.Next.WaitAsync(cancellationToken);
        }
    }

    public Task ReportCatalogueAsync(RepositoryRef repository, CatalogueState? state)
    {
        if (state is null)
        {
            _catalogues.Remove(repository);
        }
        else
        {
            _catalogues[repository] = state;
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<InstalledPackageEvent> WatchInstalledAsync(InstalledQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await InstalledAsync(cancellationToken);
        using var changes = _changes.Subscribe();
        foreach (var (key, package) in _index.Sorted)
        {
            if (Matches(query, key, package))
            {
                yield return new InstalledPackageEvent(InstalledPackageEventType.Present, package);
            }
        }

        yield return new InstalledPackageEvent(InstalledPackageEventType.Synced, Package: null);
        while (true)
        {
            var change = await changes.ReadAsync(cancellationToken);
            if (change.Package is { } package && Matches(query, InstalledIndex.KeyOf(package), package))
            {
                yield return change;
            }
        }
    }

    private static bool Matches(InstalledQuery query, SortKey key, InstalledPackage package) =>
        (query.Namespaces is null || query.Namespaces.Contains(package.Ref.Namespace))
        && (query.Name is null || string.Equals(query.Name, package.Ref.Name, StringComparison.Ordinal))
        && (query.After is null || key.CompareTo(query.After) > 0);

    private bool IsDenied => _installed.Exists(s => s.IsDenied);

    private DateTimeOffset? StaleSince => _installed.Min(s => s.StaleSince);

    private CatalogueWatches CatalogueWatches => _catalogueObjects
        ?? throw new PackageException(PackageErrorCode.Unimplemented, $"The catalogues of plugin '{_plugin!.Name}' do not lie in the cluster.");

    private async Task<IReadOnlyList<RepositoryEntry>> ListImpliedAsync(CancellationToken cancellationToken)
    {
        if (_catalogueObjects is null)
        {
            return [];
        }

        try
        {
            return
            [
                .. (await _catalogueObjects.ListRepositoriesAsync(cancellationToken))
                    .Where(r => !_repositories!.Contains(r.Namespace, r.Name))
                    .Select(r => _repositoryFormat!.ReadRepository(_cluster, ImpliedRepository.ObjectOf(r.Namespace, r.Name)))
                    .Select(r => new RepositoryEntry(r, _catalogues.GetValueOrDefault(r.Ref), IsImplied: true)),
            ];
        }
        catch (PackageException) when (_repositories!.Repositories.Count > 0)
        {
            // The repositories that there are tell the same failure when they are asked for packages.
            return [];
        }
    }

    private void SetInstalled(string kind, string ns, string name, InstalledPackage? package)
    {
        foreach (var change in _index.Set(kind, ns, name, package))
        {
            _changes.Publish(change.Ref, change.Now is { } now
                ? new InstalledPackageEvent(InstalledPackageEventType.Present, now)
                : new InstalledPackageEvent(InstalledPackageEventType.Deleted, change.Last));
            _changed.Beat();
        }
    }

    /// <summary>The index, or one read for this caller where the service is not let in.</summary>
    private async Task<(InstalledIndex Index, DateTimeOffset? StaleSince)> IndexAsync(InstalledQuery query, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            await InstalledAsync(cancellationToken);
            return (_index, StaleSince);
        }
        catch (PackageException) when (IsDenied)
        {
            return (await ReadIndexAsync(query, caller, cancellationToken), null);
        }
    }

    private async Task<InstalledIndex> ReadIndexAsync(InstalledQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var (index, client, format) = (new InstalledIndex(), clusters.Get(_cluster), plugins.Find(_plugin!.Name)!.Packages!);
        foreach (var kind in format.InstalledKinds)
        {
            var found = await Task.WhenAll((query.Namespaces?.Select(ns => (string?)ns) ?? [null])
                .Select(ns => CallerReads.ListAsync(client, caller, kind, ns, selector: null, cancellationToken)));
            foreach (var item in found.SelectMany(f => f))
            {
                index.Set(kind.GroupResource, item.Namespace, item.Name, format.ReadInstalled(_cluster, item));
            }
        }

        return index;
    }

    private async Task InstalledAsync(CancellationToken cancellationToken)
    {
        if (_installed.Count == 0)
        {
            throw new PackageException(PackageErrorCode.Unimplemented, $"Plugin '{_plugin!.Name}' has no packages.");
        }

        foreach (var state in _installed)
        {
            await state.WaitAsync(cancellationToken);
        }
    }

    private Task RepositoriesAsync(CancellationToken cancellationToken) =>
        _repositoriesState?.WaitAsync(cancellationToken)
        ?? throw new PackageException(PackageErrorCode.Unimplemented, $"Plugin '{_plugin!.Name}' has no repositories.");
}
