using Orleans;
using Wego.Grains;
using Wego.Plugins;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>Turns requests that change installed packages into what the grains take: what they name is looked up, as far as the caller may see it.</summary>
internal sealed class ChangeReader(IGrainFactory grains, PackageAccess access, InstalledReader installed, CatalogueLookup lookup, PackageResolver resolver)
{
    public async Task<CreateInstalledPackage> ReadAsync(RequestScope scope, Pb.CreateInstalledPackageRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (plugin, source) = scope.Available(request.AvailablePackageRef);
        var format = plugin.RequirePackages();
        var cluster = scope.Cluster(request.TargetContext?.Cluster, "target_context.cluster");
        References.RequireCluster(plugin, format.DefaultClusterOnly, cluster, scope.DefaultCluster, "target_context.cluster");
        var ns = References.Named(request.TargetContext?.Namespace ?? "", "target_context.namespace", "give the namespace to install into.");
        var name = References.Named(request.Name, "name", "give the installed package a name.");
        source = await resolver.ResolveAsync(plugin, source, cancellationToken);
        await access.RequireCatalogueAsync(caller, plugin.RequireRepositories(), source.Repository, cancellationToken);
        var version = request.PkgVersionReference?.Version ?? "";
        return new CreateInstalledPackage
        {
            Ref = new InstalledPackageRef(plugin.Id, cluster, ns, name),
            Package = source,
            VersionReference = version,
            Values = request.Values,
            Reconciliation = request.ReconciliationOptions.ToModel(),
            Archive = await FindAsync(format, source, version, cancellationToken),
        };
    }

    public async Task<UpdateInstalledPackage> ReadAsync(RequestScope scope, Pb.UpdateInstalledPackageRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (plugin, package) = scope.Installed(request.InstalledPackageRef);
        var format = plugin.RequirePackages();
        var version = request.PkgVersionReference?.Version ?? "";
        PackageArchive? archive = null;
        if (format.InstallsArchives)
        {
            var source = await SourceAsync(plugin, package, caller, cancellationToken);
            archive = await grains.GetRepository(source.Repository).GetArchiveAsync(source.Package, version, cancellationToken);
        }

        return new UpdateInstalledPackage
        {
            Ref = package,
            VersionReference = version,
            Values = request.Values,
            Reconciliation = request.ReconciliationOptions.ToModel(),
            Archive = archive,
        };
    }

    private async Task<PackageArchive?> FindAsync(IPackageFormat format, AvailablePackageRef source, string version, CancellationToken cancellationToken)
    {
        var repository = grains.GetRepository(source.Repository);
        if (format.InstallsArchives)
        {
            return await repository.GetArchiveAsync(source.Package, version, cancellationToken);
        }

        var known = await repository.GetSummariesAsync([source.Package], cancellationToken);
        return known.Length > 0
            ? null
            : throw new PackageException(
                PackageErrorCode.NotFound,
                $"available_package_ref.identifier: repository {source.Repository.Namespace}/{source.Repository.Name} has no package '{source.Package}'.");
    }

    private async Task<AvailablePackageRef> SourceAsync(RegisteredPlugin plugin, InstalledPackageRef package, Caller caller, CancellationToken cancellationToken)
    {
        await installed.RequireAsync(plugin, caller, package, cancellationToken);
        var detail = await grains.GetInstalledPackage(package).GetDetailAsync(caller, cancellationToken);
        var (sourced, _) = await lookup.FindAsync([detail.Package], caller, cancellationToken);
        return sourced[0].Source ?? throw new PackageException(
            PackageErrorCode.FailedPrecondition,
            $"installed_package_ref: none of the repositories that you may read offers what '{package.Name}' was installed from; add the repository of its chart and try again.");
    }
}
