using Orleans;
using Wego.Grains;
using Wego.Packages.V1;
using Wego.Plugins;
using Wego.Rpc;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.Frontend;

/// <summary><c>wego.packages.v1.InstalledPackagesService</c>.</summary>
internal sealed class InstalledPackagesService(RequestScope scope, IGrainFactory grains, InstalledReader installed, ChangeReader changes)
{
    public async IAsyncEnumerable<WatchInstalledPackagesResponse> WatchInstalledPackages(WatchInstalledPackagesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        var ns = request.Context?.Namespace ?? "";
        RegisteredPlugin[] asked = request.Plugin is null
            ? [.. scope.Plugins.Where(p => p.Packages is not null)]
            : [scope.Plugin(request.Plugin, "plugin")];
        foreach (var plugin in asked)
        {
            // Refuses at once what may not be listed; each event is checked again when it is released.
            await installed.NamespacesAsync(plugin, caller, cluster, ns, context.CancellationToken);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        // Keyed by package; the end of a plugin's initial state by the plugin's name.
        var merged = new LatestBuffer<object, InstalledPackageEvent>();
        var query = new InstalledQuery(ns.Length == 0 ? null : [ns], Name: request.Name.Length == 0 ? null : request.Name);
        var pumps = asked.Select(plugin => PumpAsync(plugin, caller, cluster, query, merged, ended.Token)).ToArray();
        try
        {
            var unsynced = asked.Length;
            await foreach (var change in merged.ReadAllAsync(context.CancellationToken))
            {
                if (change.Type != InstalledPackageEventType.Synced || --unsynced == 0)
                {
                    yield return ToMessage(change);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(pumps);
        }
    }

    public async Task<PreviewInstalledPackageResponse> PreviewInstalledPackage(PreviewInstalledPackageRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var preview = await PreviewAsync(request, caller, context.CancellationToken);
        return (await grains.GetInstalledPackage(preview.Ref).PreviewAsync(preview, caller, context.CancellationToken)).ToMessage();
    }

    public async Task<ListInstalledPackageRevisionsResponse> ListInstalledPackageRevisions(ListInstalledPackageRevisionsRequest request, RpcContext context)
    {
        var (plugin, package) = scope.Installed(request.InstalledPackageRef);
        await installed.RequireAsync(plugin, context.Caller(), package, context.CancellationToken);
        var response = new ListInstalledPackageRevisionsResponse();
        response.Revisions.Add((await grains.GetInstalledPackage(package).GetHistoryAsync(context.Caller(), context.CancellationToken)).Select(r => r.ToMessage()));
        return response;
    }

    private async Task<PackagePreviewRequest> PreviewAsync(PreviewInstalledPackageRequest request, Caller caller, CancellationToken cancellationToken)
    {
        switch (request.OperationCase)
        {
            case PreviewInstalledPackageRequest.OperationOneofCase.Create:
                var create = await changes.ReadAsync(scope, request.Create, caller, cancellationToken);
                return new PackagePreviewRequest { Operation = PackageOperation.Create, Ref = create.Ref, Archive = create.Archive, Values = create.Values };
            case PreviewInstalledPackageRequest.OperationOneofCase.Update:
                var update = await changes.ReadAsync(scope, request.Update, caller, cancellationToken);
                return new PackagePreviewRequest { Operation = PackageOperation.Update, Ref = update.Ref, Archive = update.Archive, Values = update.Values };
            case PreviewInstalledPackageRequest.OperationOneofCase.Rollback:
                var rollback = scope.Installed(request.Rollback.InstalledPackageRef).Ref;
                return new PackagePreviewRequest { Operation = PackageOperation.Rollback, Ref = rollback, Revision = request.Rollback.Revision };
            case PreviewInstalledPackageRequest.OperationOneofCase.Delete:
                var delete = scope.Installed(request.Delete.InstalledPackageRef).Ref;
                return new PackagePreviewRequest { Operation = PackageOperation.Delete, Ref = delete };
            default:
                throw PackageException.InvalidField("operation", "set one of create, update, rollback and delete.");
        }
    }

    private async Task PumpAsync(
        RegisteredPlugin plugin, Caller caller, string cluster, InstalledQuery query, LatestBuffer<object, InstalledPackageEvent> merged, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in grains.GetDirectory(plugin.Id, cluster).WatchInstalledAsync(query, cancellationToken).WithCancellation(cancellationToken))
            {
                if (change.Package is null || await installed.MayListAsync(plugin, caller, cluster, change.Package.Ref.Namespace, cancellationToken))
                {
                    merged.Post(change.Package is { } package ? package.Ref : plugin.Id, change);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader has left.
        }
        catch (Exception e)
        {
            merged.Complete(e);
        }
    }

    private static WatchInstalledPackagesResponse ToMessage(InstalledPackageEvent change) => new()
    {
        Type = change.Type switch
        {
            InstalledPackageEventType.Present => EventType.Present,
            InstalledPackageEventType.Deleted => EventType.Deleted,
            InstalledPackageEventType.Synced => EventType.Synced,
            _ => EventType.Unspecified,
        },
        InstalledPackageSummary = change.Package?.ToMessage(catalogue: null),
    };
}
