using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Tenants;

namespace Wego.Grains;

/// <inheritdoc cref="IRepositoryGrain"/>
internal sealed class RepositoryGrain(
    IPluginRegistry plugins,
    IKubernetesClients clusters,
    ContentCache contents,
    SharedCapacity capacity,
    IOptions<GrainOptions> options,
    TimeProvider time,
    ILogger<RepositoryGrain> logger) : Grain, IRepositoryGrain, IReflectorSink
{
    private readonly Pulse _changed = new();
    private RepositoryRef _ref = null!;
    private IRepositoryFormat _format = null!;
    private IPackageFormat? _packages;
    private IKubernetesClient _client = null!;
    private WatchState _state = null!;
    private KindWatch? _watch;
    private KubernetesObject? _object;
    private ICatalogueSource _catalogue = null!;
    private CatalogueMeasure? _measure;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = GrainKeys.Split(this.GetPrimaryKeyString());
        var plugin = plugins.Find(key[0]);
        _format = plugin?.Repositories
            ?? throw new PackageException(PackageErrorCode.InvalidArgument, $"plugin: there is no plugin '{key[0]}' with repositories here.");
        _packages = plugin.Packages;
        _ref = new RepositoryRef(plugin.Id, key[1], key[2], key[3]);
        _client = clusters.Get(_ref.Cluster);
        var services = new GrainServices(options.Value, time, logger);
        _measure = new CatalogueMeasure(_ref, isFetched: _format.Objects is null, time);
        _state = new WatchState($"repository {_ref.Namespace}/{_ref.Name}");
        _catalogue = _format.Objects is { } objects
            ? new WatchedCatalogue(objects, _ref, GrainFactory.GetDirectory(_ref.Plugin, _ref.Cluster), services, ReportAsync)
            : new CatalogueHolder(this, new CatalogueRefresher(_format, _ref, _client, capacity, services), services, ReportAsync);
        _watch = new KindWatch(_client, _format.RepositoryKind, _ref.Namespace, ObjectSelector.ByName(_ref.Name), _state, this, services).Start();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _catalogue.Dispose();
        _measure?.Dispose();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
    }

    public async Task<CatalogueSlice> SearchAsync(CatalogueQuery query, CancellationToken cancellationToken)
    {
        var catalogue = await CatalogueAsync(cancellationToken);
        var page = catalogue.Search(query with { Matching = _format.Matching });
        return new CatalogueSlice([.. page.Packages.Select(Summarise)], page.HasMore, catalogue.Categories, State);
    }

    public async Task<ImmutableArray<AvailablePackageSummary>> GetSummariesAsync(ImmutableArray<string> packages, CancellationToken cancellationToken)
    {
        var catalogue = await CatalogueAsync(cancellationToken);
        return [.. packages.Select(catalogue.Find).OfType<CataloguePackage>().Select(Summarise)];
    }

    public async Task<ImmutableArray<PackageVersion?>> FindMatchingAsync(ImmutableArray<PackageSelection> selections, CancellationToken cancellationToken)
    {
        var catalogue = await CatalogueAsync(cancellationToken);
        return [.. selections.Select(s => catalogue.Find(s.Package) is { } found ? _packages?.FindMatching(found, s.Selection) : null)];
    }

    public async Task<ImmutableArray<PackageOffer?>> FindOriginsAsync(ImmutableArray<PackageOrigin> origins, CancellationToken cancellationToken)
    {
        var catalogue = await CatalogueAsync(cancellationToken);
        return [.. origins.Select(o => OriginMatcher.Find(catalogue, o) is { } found ? new PackageOffer(Summarise(found.Package), found.Likeness) : null)];
    }

    public async Task<PackageArchive> GetArchiveAsync(string package, string version, CancellationToken cancellationToken)
    {
        var found = Find(await CatalogueAsync(cancellationToken), package);
        var row = FindVersion(found, version);
        return new PackageArchive(RefOf(found), row.Version, row.Urls, row.Digest?.ToString() ?? "");
    }

    public async Task<ImmutableArray<PackageMetadata>> GetMetadatasAsync(string package, string version, CancellationToken cancellationToken)
    {
        var obj = await ObjectAsync(cancellationToken);
        var found = Find(await _catalogue.GetAsync(cancellationToken), package);
        var row = FindVersion(found, version);
        return await KubernetesGuard.RunOwnAsync(
            What("read what is kept beside packages of"),
            () => _format.FetchMetadataAsync(_ref, obj, found, row.Version, new PluginCall(_client, KubernetesIdentity.Service), cancellationToken));
    }

    public async Task<AvailablePackageDetail> GetPackageAsync(string package, string version, CancellationToken cancellationToken)
    {
        var obj = await ObjectAsync(cancellationToken);
        var found = Find(await _catalogue.GetAsync(cancellationToken), package);
        var row = FindVersion(found, version);
        // Keyed by content where the repository tells a digest, else by everything that identifies it.
        var key = row.Digest ?? ContentDigest.Compute(Encoding.UTF8.GetBytes($"{this.GetPrimaryKeyString()}\n{obj.Uid}\n{package}\n{row.Version}\n{_catalogue.Revision}"));
        var content = await contents.GetOrLoadAsync(key, token => FetchAsync(obj, found, row.Version, token), cancellationToken);
        return new AvailablePackageDetail(RefOf(found), _format.ReadRepository(_ref.Cluster, obj).Url, found.DisplayName, content);
    }

    public async Task<ImmutableArray<PackageVersion>> GetVersionsAsync(string package, CancellationToken cancellationToken)
    {
        var found = Find(await CatalogueAsync(cancellationToken), package);
        return _packages?.ListVersions(found) ?? [.. found.Versions.Select(v => new PackageVersion(v.Version, v.AppVersion))];
    }

    public async Task<RepositoryDetail> GetDetailAsync(Caller caller, CancellationToken cancellationToken)
    {
        var obj = await ObjectAsync(cancellationToken);
        return await KubernetesGuard.RunAsync(What("read"), () => _format.ReadDetailAsync(_ref, obj, Call(caller), cancellationToken));
    }

    public async Task<CatalogueState> GetStateAsync(CancellationToken cancellationToken)
    {
        await ObjectAsync(cancellationToken);
        return State;
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await ObjectAsync(cancellationToken);
        await _catalogue.RefreshAsync(cancellationToken);
    }

    public async Task WaitForAsync(bool present, CancellationToken cancellationToken)
    {
        await _state.WaitAsync(cancellationToken);
        while (_object is not null != present)
        {
            await _changed.Next.WaitAsync(cancellationToken);
        }
    }

    public Task AddAsync(AddRepository request, Caller caller, CancellationToken cancellationToken) =>
        RunAsync("add", () => _format.AddAsync(request, Call(caller), cancellationToken));

    public Task UpdateAsync(UpdateRepository request, Caller caller, CancellationToken cancellationToken) =>
        RunAsync("update", () => _format.UpdateAsync(request, Call(caller), cancellationToken));

    public Task DeleteAsync(Caller caller, CancellationToken cancellationToken) =>
        RunAsync("delete", () => _format.DeleteAsync(_ref, Call(caller), cancellationToken));

    ValueTask IReflectorSink.ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        Set(items.Count > 0 ? items[0] : null);
        _state.Synced();
        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        Set(change.Type == WatchEventType.Deleted ? null : change.Object);
        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken)
    {
        _state.Stale(since, reason);
        return ValueTask.CompletedTask;
    }

    ValueTask IReflectorSink.CurrentAsync(CancellationToken cancellationToken)
    {
        _state.Current();
        return ValueTask.CompletedTask;
    }

    private CatalogueState State
    {
        get
        {
            var state = _catalogue.State;
            return state with { StaleSince = state.StaleSince < _state.StaleSince ? state.StaleSince : _state.StaleSince ?? state.StaleSince };
        }
    }

    private void Set(KubernetesObject? obj)
    {
        _object = obj;
        _changed.Beat();
        _catalogue.Set(obj);
    }

    private async Task<KubernetesObject> ObjectAsync(CancellationToken cancellationToken)
    {
        await _state.WaitAsync(cancellationToken);
        if (_object is { } obj)
        {
            return obj;
        }

        if (await _catalogue.FindImpliedAsync(cancellationToken) is { } implied)
        {
            return implied;
        }

        // Nothing to keep: the next call looks again, and may find it by then.
        DeactivateOnIdle();
        throw new PackageException(PackageErrorCode.NotFound, $"There is no repository '{_ref.Name}' in namespace '{_ref.Namespace}' of cluster '{_ref.Cluster}'.");
    }

    private async Task<Catalogue> CatalogueAsync(CancellationToken cancellationToken)
    {
        await ObjectAsync(cancellationToken);
        return await _catalogue.GetAsync(cancellationToken);
    }

    private CataloguePackage Find(Catalogue catalogue, string package) =>
        catalogue.Find(package)
        ?? throw new PackageException(PackageErrorCode.NotFound, $"Repository {_ref.Namespace}/{_ref.Name} has no package '{package}'.");

    private CatalogueVersion FindVersion(CataloguePackage package, string version) =>
        version.Length == 0 ? package.Newest : package.Versions.Find(version)
        ?? throw new PackageException(PackageErrorCode.NotFound, $"pkg_version: package '{package.Name}' of repository {_ref.Namespace}/{_ref.Name} has no version '{version}'; its newest is '{package.Newest.Version}'.");

    private Task<PackageContent> FetchAsync(KubernetesObject obj, CataloguePackage package, string version, CancellationToken cancellationToken) =>
        KubernetesGuard.RunOwnAsync(What("fetch a package of"), () => _format.FetchContentAsync(_ref, obj, package, version, new PluginCall(_client, KubernetesIdentity.Service), cancellationToken));

    private AvailablePackageRef RefOf(CataloguePackage package) => new(_ref, package.Name);

    private AvailablePackageSummary Summarise(CataloguePackage package) => new()
    {
        Ref = RefOf(package),
        DisplayName = package.DisplayName,
        LatestVersion = new PackageVersion(package.Newest.Version, package.Newest.AppVersion),
        IconUrl = package.IconUrl,
        ShortDescription = package.ShortDescription,
        Categories = package.Categories,
    };

    private PluginCall Call(Caller caller) => new(_client, caller.Identity);

    private Task ReportAsync(CatalogueState? state)
    {
        _measure?.Set(state);
        return GrainFactory.GetDirectory(_ref.Plugin, _ref.Cluster).ReportCatalogueAsync(_ref, state);
    }

    private Task RunAsync(string verb, Func<Task> operation) =>
        GrainTelemetry.MeasureAsync(_ref.Plugin.Name, $"{verb} repository", time, () => KubernetesGuard.RunAsync(What(verb), operation));

    private string What(string verb) => $"{verb} repository {_ref.Namespace}/{_ref.Name}";
}
