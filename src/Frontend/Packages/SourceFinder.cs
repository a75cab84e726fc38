using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Finds out which repository offers what an installed package says it came from. Each repository is asked once, about all
/// packages whose namespace it serves. The most alike offer wins; among equals one of the package's own namespace, then
/// the first by namespace and name.
/// </summary>
internal sealed class SourceFinder(IGrainFactory grains, IPluginRegistry plugins, PackageAccess access, IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>The sources of those packages that do not name one and whose source is found.</summary>
    public async Task<IReadOnlyDictionary<InstalledPackageRef, AvailablePackageSummary>> FindAsync(
        IEnumerable<InstalledPackage> packages, Caller caller, CancellationToken cancellationToken)
    {
        var found = new Dictionary<InstalledPackageRef, AvailablePackageSummary>();
        var groups = packages
            .Where(p => p is { Source: null, Origin: not null })
            .GroupBy(p => (p.Ref.Plugin, p.Ref.Cluster))
            .ToArray();
        foreach (var group in groups)
        {
            if (plugins.Find(group.Key.Plugin.Name) is { Repositories: { } format } plugin)
            {
                await FindAsync(plugin.Id, format, group.Key.Cluster, [.. group], found, caller, cancellationToken);
            }
        }

        return found;
    }

    private async Task FindAsync(
        PluginId plugin, IRepositoryFormat format, string cluster, InstalledPackage[] packages, Dictionary<InstalledPackageRef, AvailablePackageSummary> found, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var scopes = packages.Select(p => p.Ref.Namespace).Distinct(StringComparer.Ordinal).ToDictionary(ns => ns, ns => format.ReadScope(cluster, ns), StringComparer.Ordinal);
            var repositories = await RepositoriesAsync(plugin, format, [.. scopes.Values], caller, cancellationToken);
            var answers = await Task.WhenAll(repositories.Select(r => AskAsync(r, [.. packages.Where(p => Serves(scopes[p.Ref.Namespace], r))], cancellationToken)));
            foreach (var best in answers.SelectMany(a => a).GroupBy(a => a.Package.Ref).Select(Best))
            {
                found[best.Package.Ref] = best.Offer.Summary;
            }
        }
        catch (Exception e) when (e is PackageException or KubernetesException { Failure: not KubernetesFailure.Unauthorized })
        {
            // Shown without what catalogues know; the repositories' own status tells why.
        }
    }

    private static (InstalledPackage Package, RepositoryRef Repository, PackageOffer Offer) Best(
        IGrouping<InstalledPackageRef, (InstalledPackage Package, RepositoryRef Repository, PackageOffer Offer)> offers) => offers
        .OrderByDescending(a => a.Offer.Likeness)
        .ThenBy(a => a.Repository.Namespace == offers.Key.Namespace ? 0 : 1)
        .ThenBy(a => a.Repository.Namespace, StringComparer.Ordinal)
        .ThenBy(a => a.Repository.Name, StringComparer.Ordinal)
        .First();

    private async Task<RepositoryRef[]> RepositoriesAsync(
        PluginId plugin, IRepositoryFormat format, CatalogueScope[] scopes, Caller caller, CancellationToken cancellationToken)
    {
        var all = new List<RepositoryRef>();
        foreach (var cluster in scopes.GroupBy(s => s.Cluster, StringComparer.Ordinal))
        {
            ImmutableHashSet<string>? namespaces = cluster.Any(s => s.Namespaces is null) ? null : [.. cluster.SelectMany(s => s.Namespaces!)];
            var page = await grains.GetDirectory(plugin, cluster.Key).ListRepositoriesAsync(namespaces, cancellationToken);
            var allowed = await access.CatalogueNamespacesAsync(
                caller, format, cluster.Key, page.Repositories.Select(r => r.Summary.Ref.Namespace).Distinct(StringComparer.Ordinal), cancellationToken);
            all.AddRange(page.Repositories.Select(r => r.Summary.Ref).Where(r => allowed is null || allowed.Contains(r.Namespace)));
        }

        return [.. all];
    }

    private static bool Serves(CatalogueScope scope, RepositoryRef repository) =>
        scope.Cluster == repository.Cluster && (scope.Namespaces is null || scope.Namespaces.Contains(repository.Namespace));

    private async Task<IReadOnlyList<(InstalledPackage Package, RepositoryRef Repository, PackageOffer Offer)>> AskAsync(
        RepositoryRef repository, ImmutableArray<InstalledPackage> packages, CancellationToken cancellationToken)
    {
        if (packages.IsEmpty)
        {
            return [];
        }

        try
        {
            ImmutableArray<PackageOrigin> origins = [.. packages.Select(p => p.Origin!).Distinct()];
            var (completed, offers) = await Bounded.RunAsync(
                time, options.Value.EnrichmentWait, token => grains.GetRepository(repository).FindOriginsAsync(origins, token), cancellationToken);
            if (!completed)
            {
                return [];
            }

            var byOrigin = origins.Zip(offers).Where(o => o.Second is not null).ToDictionary(o => o.First, o => o.Second!);
            return [.. packages.Where(p => byOrigin.ContainsKey(p.Origin!)).Select(p => (p, repository, byOrigin[p.Origin!]))];
        }
        catch (PackageException)
        {
            return [];
        }
    }
}
