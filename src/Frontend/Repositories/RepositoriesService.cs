using System.Collections.Immutable;
using Orleans;
using Wego.Grains;
using Wego.Plugins;
using Wego.Rpc;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>
/// The repositories interface: <c>kubeappsapis.core.packages.v1alpha1.RepositoriesService</c> over all plugins, and each
/// plugin's own service of the same RPCs over that plugin alone.
/// </summary>
internal sealed class RepositoriesService(RequestScope scope, IGrainFactory grains, PackageAccess access, Visibility visibility, TimeProvider time)
{
    private static readonly ImmutableArray<string> Verbs = ["create", "delete", "get", "list", "update", "watch"];

    public async Task<Pb.AddPackageRepositoryResponse> AddPackageRepository(Pb.AddPackageRepositoryRequest request, RpcContext context)
    {
        var plugin = scope.Plugin(request.Plugin, "plugin");
        var format = plugin.RequireRepositories();
        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        access.RequireRepositoriesOn(plugin, cluster);
        var ns = request.Context?.Namespace is { Length: > 0 } given
            ? References.Named(given, "context.namespace", "give the namespace of the repository.")
            : format.GlobalNamespace ?? throw PackageException.InvalidField("context.namespace", "give the namespace of the repository.");
        var name = References.Named(request.Name, "name", "give the repository a name.");
        var repository = new RepositoryRef(plugin.Id, cluster, ns, name);
        await grains.GetRepository(repository).AddAsync(request.ToModel(repository), context.Caller(), context.CancellationToken);
        await SeenAsync(repository, present: true, context);
        return new Pb.AddPackageRepositoryResponse { PackageRepoRef = repository.ToMessage() };
    }

    public async Task<Pb.GetPackageRepositoryDetailResponse> GetPackageRepositoryDetail(Pb.GetPackageRepositoryDetailRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (plugin, repository) = scope.Repository(request.PackageRepoRef);
        var kind = plugin.RequireRepositories().RepositoryKind;
        await access.RequireAsync(caller, repository.Cluster, "get", kind, repository.Namespace, repository.Name, context.CancellationToken);
        var grain = grains.GetRepository(repository);
        var detail = await grain.GetDetailAsync(caller, context.CancellationToken);
        var state = await grain.GetStateAsync(context.CancellationToken);
        return new Pb.GetPackageRepositoryDetailResponse
        {
            Detail = (detail with { Summary = CatalogueStatus.Merge(detail.Summary, state, time) }).ToMessage(),
        };
    }

    public async Task<Pb.GetPackageRepositorySummariesResponse> GetPackageRepositorySummaries(Pb.GetPackageRepositorySummariesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        var asked = scope.Plugins.Where(p => p.Repositories is not null).ToArray();
        var parts = await Aggregator.AskAsync(asked, context, plugin => ListAsync(plugin, caller, cluster, request.Context?.Namespace ?? "", context.CancellationToken));
        var response = new Pb.GetPackageRepositorySummariesResponse();
        response.PackageRepositorySummaries.Add(parts
            .SelectMany(p => p.Repositories)
            .OrderBy(r => r.Summary.Ref.Name, StringComparer.Ordinal)
            .ThenBy(r => r.Summary.Ref.Plugin)
            .ThenBy(r => r.Summary.Ref.Namespace, StringComparer.Ordinal)
            .Select(r => CatalogueStatus.Merge(r.Summary, r.Catalogue, time).ToMessage()));
        Freshness.Tell(context, parts.Select(p => p.StaleSince));
        return response;
    }

    public async Task<Pb.UpdatePackageRepositoryResponse> UpdatePackageRepository(Pb.UpdatePackageRepositoryRequest request, RpcContext context)
    {
        var (plugin, repository) = scope.Repository(request.PackageRepoRef);
        plugin.RequireRepositories();
        await grains.GetRepository(repository).UpdateAsync(request.ToModel(repository), context.Caller(), context.CancellationToken);
        return new Pb.UpdatePackageRepositoryResponse { PackageRepoRef = repository.ToMessage() };
    }

    public async Task<Pb.DeletePackageRepositoryResponse> DeletePackageRepository(Pb.DeletePackageRepositoryRequest request, RpcContext context)
    {
        var (plugin, repository) = scope.Repository(request.PackageRepoRef);
        plugin.RequireRepositories();
        await grains.GetRepository(repository).DeleteAsync(context.Caller(), context.CancellationToken);
        await SeenAsync(repository, present: false, context);
        return new Pb.DeletePackageRepositoryResponse();
    }

    public async Task<Pb.GetPackageRepositoryPermissionsResponse> GetPackageRepositoryPermissions(Pb.GetPackageRepositoryPermissionsRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var ns = request.Context?.Namespace ?? "";
        if (ns.Length > 0 && string.IsNullOrEmpty(request.Context?.Cluster))
        {
            throw PackageException.InvalidField("context.cluster", "give the cluster of the namespace.");
        }

        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        var asked = scope.Plugins.Where(p => p.Repositories is not null).ToArray();
        var parts = await Aggregator.AskAsync(asked, context, async plugin =>
        {
            var format = plugin.Repositories!;
            var permissions = new Pb.PackageRepositoriesPermissions { Plugin = plugin.Id.ToMessage() };
            if (format.GlobalNamespace is { } global)
            {
                permissions.Global.Add(await ReviewAsync(format, caller, cluster, global, context.CancellationToken));
            }

            if (ns.Length > 0)
            {
                permissions.Namespace.Add(await ReviewAsync(format, caller, cluster, ns, context.CancellationToken));
            }

            if (format.GlobalNamespace is null && ns.Length == 0)
            {
                // There is nothing to tell, yet not even that is told to a token that the cluster does not know.
                await access.IsAllowedAsync(caller, cluster, "list", format.RepositoryKind, ns: "", name: "", context.CancellationToken);
            }

            return permissions;
        });
        var response = new Pb.GetPackageRepositoryPermissionsResponse();
        response.Permissions.Add(parts);
        return response;
    }

    private async Task<RepositoryPage> ListAsync(RegisteredPlugin plugin, Caller caller, string cluster, string ns, CancellationToken cancellationToken)
    {
        access.RequireRepositoriesOn(plugin, cluster);
        var kind = plugin.Repositories!.RepositoryKind;
        var directory = grains.GetDirectory(plugin.Id, cluster);
        if (ns.Length > 0)
        {
            await access.RequireAsync(caller, cluster, "list", kind, ns, name: "", cancellationToken);
            var global = await GlobalBesideAsync(plugin.Repositories, caller, cluster, ns, cancellationToken);
            return Managed(await directory.ListRepositoriesAsync(global is null ? [ns] : [ns, global], cancellationToken));
        }

        var candidates = await directory.ListRepositoryNamespacesAsync(cancellationToken);
        var allowed = await access.NamespacesAsync(caller, cluster, "list", kind, candidates, cancellationToken);
        return Managed(await directory.ListRepositoriesAsync(allowed, cancellationToken));
    }

    private async Task<string?> GlobalBesideAsync(IRepositoryFormat format, Caller caller, string cluster, string ns, CancellationToken cancellationToken) =>
        format is { ShowsGlobalRepositories: true, GlobalNamespace: { } global } && global != ns
            && await access.IsAllowedAsync(caller, cluster, "list", format.RepositoryKind, global, name: "", cancellationToken)
            ? global
            : null;

    // An implied repository has packages and nothing that could be managed.
    private static RepositoryPage Managed(RepositoryPage page) => page with { Repositories = [.. page.Repositories.Where(r => !r.IsImplied)] };

    private async Task<Dictionary<string, bool>> ReviewAsync(IRepositoryFormat format, Caller caller, string cluster, string ns, CancellationToken cancellationToken)
    {
        var allowed = await Task.WhenAll(Verbs.Select(v =>
            access.IsAllowedAsync(caller, cluster, v, format.RepositoryKind, ns, name: "", cancellationToken).AsTask()));
        return Verbs.Zip(allowed).ToDictionary(p => p.First, p => p.Second);
    }

    private Task SeenAsync(RepositoryRef repository, bool present, RpcContext context) => visibility.WaitAsync(
        context.CancellationToken,
        token => grains.GetDirectory(repository.Plugin, repository.Cluster).WaitForRepositoryAsync(repository, present, token),
        token => grains.GetRepository(repository).WaitForAsync(present, token));
}
