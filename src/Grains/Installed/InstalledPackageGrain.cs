using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Lifecycle;
using Wego.Plugins;
using Wego.Tenants;

namespace Wego.Grains;

/// <inheritdoc cref="IInstalledPackageGrain"/>
internal sealed class InstalledPackageGrain(
    IPluginRegistry plugins,
    IKubernetesClients clusters,
    IOptions<GrainOptions> options,
    OperationsInFlight operations,
    SharedCapacity capacity,
    TimeProvider time,
    ILogger<InstalledPackageGrain> logger) : Grain, IInstalledPackageGrain
{
    private readonly List<(WatchState State, ObjectSink Objects, KindWatch Watch)> _watches = [];
    private readonly Pulse _changed = new();
    private InstalledPackageRef _ref = null!;
    private IPackageFormat _format = null!;
    private IKubernetesClient _client = null!;
    private ResourceWatches _resources = null!;
    private OperationGate _operations = null!;
    private (string Version, ImmutableArray<ResourceRef> Refs)? _refs;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = GrainKeys.Split(this.GetPrimaryKeyString());
        var plugin = plugins.Find(key[0]);
        _format = plugin?.Packages
            ?? throw new PackageException(PackageErrorCode.InvalidArgument, $"plugin: there is no plugin '{key[0]}' with packages here.");
        _ref = new InstalledPackageRef(plugin.Id, key[1], key[2], key[3]);
        _client = clusters.Get(_ref.Cluster);
        var services = new GrainServices(options.Value, time, logger);
        _operations = new OperationGate(operations, capacity, $"{_ref.Cluster}/{_ref.Namespace}", logger);
        _resources = new ResourceWatches(this, _client, services);
        foreach (var kind in _format.InstalledKinds)
        {
            var state = new WatchState($"package {_ref.Namespace}/{_ref.Name}");
            var objects = new ObjectSink(state, _changed);
            _watches.Add((state, objects, new KindWatch(_client, kind, _ref.Namespace, _format.SelectInstalled(kind, _ref), state, objects, services).Start()));
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _operations.DisposeAsync();
        await _resources.DisposeAsync();
        foreach (var (_, _, watch) in _watches)
        {
            await watch.DisposeAsync();
        }
    }

    public async Task<InstalledPackageDetail> GetDetailAsync(Caller caller, CancellationToken cancellationToken)
    {
        var objects = await ObjectsAsync(caller, cancellationToken);
        return await KubernetesGuard.RunAsync(What("read"), () => _format.ReadDetailAsync(_ref, objects, Call(caller), cancellationToken));
    }

    public async Task<ImmutableArray<ResourceRef>> GetResourceRefsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var objects = await ObjectsAsync(caller, cancellationToken);
        var version = string.Join(',', objects.Select(o => o.ResourceVersion));
        if (_refs is { } known && known.Version == version)
        {
            return known.Refs;
        }

        return await KubernetesGuard.RunAsync(What("read the resources of"), () => ReadResourcesAsync(objects, version, caller, cancellationToken));
    }

    public async Task<ImmutableArray<ResourceRef>?> WaitForResourceRefsAsync(Caller caller, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var changed = _changed.Next;
            // Says that the package does not exist; what follows can only mean that it is not installed yet.
            await ObjectsAsync(caller, cancellationToken);
            try
            {
                return await GetResourceRefsAsync(caller, cancellationToken);
            }
            catch (PackageException e) when (e.Code == PackageErrorCode.NotFound)
            {
                var left = limit - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public IAsyncEnumerable<ResourceState> WatchResourcesAsync(ImmutableArray<ResourceRef> resources, CancellationToken cancellationToken) =>
        _resources.WatchAsync(resources, cancellationToken);

    public async Task WaitForPresenceAsync(CancellationToken cancellationToken)
    {
        while (!_watches.Exists(w => w.Objects.Objects.Count > 0))
        {
            if (_watches.Find(w => w.State.IsDenied).State is { } denied)
            {
                // Says why it will never be known.
                await denied.WaitAsync(cancellationToken);
            }

            await _changed.Next.WaitAsync(cancellationToken);
        }
    }

    public async Task<ImmutableArray<PackageRevision>> GetHistoryAsync(Caller caller, CancellationToken cancellationToken) =>
        _format.ReadHistory(_ref, await ObjectsAsync(caller, cancellationToken));

    public Task<PackagePreview> PreviewAsync(PackagePreviewRequest request, Caller caller, CancellationToken cancellationToken) =>
        KubernetesGuard.RunAsync(What("preview a change of"), () => _format.PreviewAsync(request, Call(caller), cancellationToken));

    public Task CreateAsync(CreateInstalledPackage request, Caller caller, CancellationToken cancellationToken) =>
        RunAsync("create", token => _format.CreateAsync(request, Call(caller), token), cancellationToken);

    public Task UpdateAsync(UpdateInstalledPackage request, Caller caller, CancellationToken cancellationToken) =>
        RunAsync("update", token => _format.UpdateAsync(request, Call(caller), token), cancellationToken);

    public Task RollbackAsync(long revision, Caller caller, CancellationToken cancellationToken) =>
        RunAsync("roll back", token => _format.RollbackAsync(_ref, revision, Call(caller), token), cancellationToken);

    public Task DeleteAsync(Caller caller, CancellationToken cancellationToken) =>
        RunAsync("delete", token => _format.DeleteAsync(_ref, Call(caller), token), cancellationToken);

    private async Task RunAsync(string verb, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task> guarded = token => GrainTelemetry.MeasureAsync(
            _ref.Plugin.Name, $"{verb} package", time, () => KubernetesGuard.RunAsync(What(verb), () => operation(token)));
        if (!_format.HasLongOperations)
        {
            await _operations.RunAsync(What(verb), guarded, cancellationToken);
            return;
        }

        await _operations.RunToEndAsync(What(verb), guarded, cancellationToken);
    }

    private async Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(IReadOnlyList<KubernetesObject> objects, string version, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var refs = await _format.ReadResourcesAsync(_ref, objects, new PluginCall(_client, KubernetesIdentity.Service), cancellationToken);
            _refs = (version, refs);
            return refs;
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.Forbidden or KubernetesFailure.Unauthorized)
        {
            // An installation may deny the service what a format keeps its records in, or a kind that the package consists of; the caller
            // may have the right. What one caller may see is not kept for others.
            return await _format.ReadResourcesAsync(_ref, objects, Call(caller), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<KubernetesObject>> ObjectsAsync(Caller caller, CancellationToken cancellationToken)
    {
        KubernetesObject[] objects;
        try
        {
            foreach (var (state, _, _) in _watches)
            {
                await state.WaitAsync(cancellationToken);
            }

            objects = [.. _watches.SelectMany(w => w.Objects.Objects)];
        }
        catch (PackageException) when (_watches.Exists(w => w.State.IsDenied))
        {
            var read = await Task.WhenAll(_format.InstalledKinds.Select(kind =>
                CallerReads.ListAsync(_client, caller, kind, _ref.Namespace, _format.SelectInstalled(kind, _ref), cancellationToken)));
            objects = [.. read.SelectMany(r => r)];
        }

        if (objects.Length > 0)
        {
            return objects;
        }

        // Nothing to keep: the next call looks again, and may find it by then.
        DeactivateOnIdle();
        throw new PackageException(PackageErrorCode.NotFound, $"There is no package '{_ref.Name}' in namespace '{_ref.Namespace}' of cluster '{_ref.Cluster}'.");
    }

    private PluginCall Call(Caller caller) => new(_client, caller.Identity);

    private string What(string verb) => $"{verb} package {_ref.Namespace}/{_ref.Name}";
}
