using Orleans;
using Wego.Grains;
using Wego.Plugins;
using Wego.Rpc;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>
/// The packages interface: <c>kubeappsapis.core.packages.v1alpha1.PackagesService</c> over all plugins, and each plugin's
/// own service of the same RPCs over that plugin alone.
/// </summary>
internal sealed class PackagesService(
    RequestScope scope,
    IGrainFactory grains,
    PackageAccess access,
    CatalogueReader catalogues,
    CatalogueLookup lookup,
    InstalledReader installed,
    ChangeReader changes,
    PackageResolver resolver,
    IPackageHost host,
    Visibility visibility)
{
    public async Task<Pb.GetAvailablePackageSummariesResponse> GetAvailablePackageSummaries(Pb.GetAvailablePackageSummariesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        var question = new Pb.GetAvailablePackageSummariesRequest { Context = request.Context, FilterOptions = request.FilterOptions };
        var after = PageToken.Read(request.PaginationOptions?.PageToken, question);
        var size = PageToken.Size(request.PaginationOptions);
        var filter = request.FilterOptions ?? new Pb.FilterOptions();
        var query = new CatalogueQuery
        {
            Text = filter.Query,
            Categories = [.. filter.Categories],
            PackageVersion = filter.PkgVersion,
            AppVersion = filter.AppVersion,
        };
        var asked = scope.Plugins.Where(p => p is { Packages: not null, Repositories: not null }).ToArray();
        var parts = await Aggregator.AskAsync(asked, context, plugin => catalogues.SearchAsync(
            plugin, caller, cluster, request.Context?.Namespace ?? "", filter.Repositories, query, after, size, context.CancellationToken));
        var (page, last) = Page.Of(parts.SelectMany(p => p.Packages), parts.Any(p => p.HasMore), size, p => p.SortKey);
        var response = new Pb.GetAvailablePackageSummariesResponse { NextPageToken = last is null ? "" : PageToken.Write(last, question) };
        response.AvailablePackageSummaries.Add(page.Select(p => p.ToMessage()));
        response.Categories.Add(parts.SelectMany(p => p.Categories).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Freshness.Tell(context, parts.Select(p => p.StaleSince));
        MissingRepositories.Tell(context, parts.SelectMany(p => p.Missing));
        return response;
    }

    public async Task<Pb.GetAvailablePackageDetailResponse> GetAvailablePackageDetail(Pb.GetAvailablePackageDetailRequest request, RpcContext context)
    {
        var package = await ReadableAsync(request.AvailablePackageRef, content: true, context);
        var detail = await grains.GetRepository(package.Repository).GetPackageAsync(package.Package, request.PkgVersion, context.CancellationToken);
        return new Pb.GetAvailablePackageDetailResponse { AvailablePackageDetail = detail.ToMessage() };
    }

    public async Task<Pb.GetAvailablePackageVersionsResponse> GetAvailablePackageVersions(Pb.GetAvailablePackageVersionsRequest request, RpcContext context)
    {
        var package = await ReadableAsync(request.AvailablePackageRef, content: false, context);
        var versions = await grains.GetRepository(package.Repository).GetVersionsAsync(package.Package, context.CancellationToken);
        var response = new Pb.GetAvailablePackageVersionsResponse();
        response.PackageAppVersions.Add(versions.Select(v => v.ToMessage()));
        return response;
    }

    public async Task<Pb.GetAvailablePackageMetadatasResponse> GetAvailablePackageMetadatas(Pb.GetAvailablePackageMetadatasRequest request, RpcContext context)
    {
        var package = await ReadableAsync(request.AvailablePackageRef, content: true, context);
        var metadatas = await grains.GetRepository(package.Repository).GetMetadatasAsync(package.Package, request.PkgVersion, context.CancellationToken);
        var response = new Pb.GetAvailablePackageMetadatasResponse { AvailablePackageRef = package.ToMessage() };
        response.PackageMetadata.Add(metadatas.Select(m => m.ToMessage()));
        return response;
    }

    public async Task<Pb.GetInstalledPackageSummariesResponse> GetInstalledPackageSummaries(Pb.GetInstalledPackageSummariesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var cluster = scope.Cluster(request.Context?.Cluster, "context.cluster");
        var question = new Pb.GetInstalledPackageSummariesRequest { Context = request.Context };
        var after = PageToken.Read(request.PaginationOptions?.PageToken, question);
        var size = PageToken.Size(request.PaginationOptions);
        var asked = scope.Plugins.Where(p => p.Packages is not null).ToArray();
        var parts = await Aggregator.AskAsync(asked, context, plugin =>
            installed.ListAsync(plugin, caller, cluster, request.Context?.Namespace ?? "", after, size, context.CancellationToken));
        var (page, last) = Page.Of(parts.SelectMany(p => p.Packages), parts.Any(p => p.HasMore), size, InstalledReader.KeyOf);
        var (sourced, known) = await lookup.FindAsync([.. page], caller, context.CancellationToken);
        var response = new Pb.GetInstalledPackageSummariesResponse { NextPageToken = last is null ? "" : PageToken.Write(last, question) };
        response.InstalledPackageSummaries.Add(sourced.Select(p => p.ToMessage(p.Source is null ? null : known.GetValueOrDefault(p.Source))));
        Freshness.Tell(context, parts.Select(p => p.StaleSince));
        return response;
    }

    public async Task<Pb.GetInstalledPackageDetailResponse> GetInstalledPackageDetail(Pb.GetInstalledPackageDetailRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (plugin, package) = scope.Installed(request.InstalledPackageRef);
        await installed.RequireAsync(plugin, caller, package, context.CancellationToken);
        var detail = await grains.GetInstalledPackage(package).GetDetailAsync(caller, context.CancellationToken);
        var (sourced, known) = await lookup.FindAsync([detail.Package], caller, context.CancellationToken);
        detail = detail with { Package = sourced[0] };
        return new Pb.GetInstalledPackageDetailResponse { InstalledPackageDetail = detail.ToMessage(known.Values.FirstOrDefault()) };
    }

    public async Task<Pb.CreateInstalledPackageResponse> CreateInstalledPackage(Pb.CreateInstalledPackageRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var creation = await changes.ReadAsync(scope, request, caller, context.CancellationToken);
        var target = creation.Ref;
        await grains.GetInstalledPackage(target).CreateAsync(creation, caller, context.CancellationToken);
        await visibility.WaitAsync(
            context.CancellationToken,
            token => grains.GetDirectory(target.Plugin, target.Cluster).WaitForInstalledAsync(target, token),
            grains.GetInstalledPackage(target).WaitForPresenceAsync);
        return new Pb.CreateInstalledPackageResponse { InstalledPackageRef = target.ToMessage() };
    }

    public async Task<Pb.UpdateInstalledPackageResponse> UpdateInstalledPackage(Pb.UpdateInstalledPackageRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var update = await changes.ReadAsync(scope, request, caller, context.CancellationToken);
        await grains.GetInstalledPackage(update.Ref).UpdateAsync(update, caller, context.CancellationToken);
        return new Pb.UpdateInstalledPackageResponse { InstalledPackageRef = update.Ref.ToMessage() };
    }

    public async Task<Pb.DeleteInstalledPackageResponse> DeleteInstalledPackage(Pb.DeleteInstalledPackageRequest request, RpcContext context)
    {
        var (plugin, package) = scope.Installed(request.InstalledPackageRef);
        plugin.RequirePackages();
        await grains.GetInstalledPackage(package).DeleteAsync(context.Caller(), context.CancellationToken);
        return new Pb.DeleteInstalledPackageResponse();
    }

    public async Task<Pb.GetInstalledPackageResourceRefsResponse> GetInstalledPackageResourceRefs(Pb.GetInstalledPackageResourceRefsRequest request, RpcContext context)
    {
        var (_, package) = scope.Installed(request.InstalledPackageRef);
        var refs = await host.GetResourceRefsAsync(package, context.Caller(), context.CancellationToken);
        var response = new Pb.GetInstalledPackageResourceRefsResponse { Context = new Pb.Context { Cluster = package.Cluster, Namespace = package.Namespace } };
        response.ResourceRefs.Add(refs.Select(r => r.ToMessage()));
        return response;
    }

    private async Task<AvailablePackageRef> ReadableAsync(Pb.AvailablePackageReference? reference, bool content, RpcContext context)
    {
        var caller = context.Caller();
        var (plugin, package) = scope.Available(reference);
        package = await resolver.ResolveAsync(plugin, package, context.CancellationToken);
        var repository = package.Repository;
        await access.RequireCatalogueAsync(caller, plugin.RequireRepositories(), repository, context.CancellationToken);
        if (content && plugin.Packages?.ContentKind is { } kind)
        {
            await access.RequireAsync(caller, repository.Cluster, "get", kind, repository.Namespace, name: "", context.CancellationToken);
        }

        return package;
    }
}
