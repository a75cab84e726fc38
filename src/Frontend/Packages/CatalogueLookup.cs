using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Looks up what catalogues know of installed packages: where they came from, newest version, icon, description. At most
/// two calls per repository, only to repositories the caller may read, and never for longer than a list may wait; what is
/// not known in time stays empty.
/// </summary>
internal sealed class CatalogueLookup(IGrainFactory grains, IPluginRegistry plugins, PackageAccess access, SourceFinder sources, IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>The packages with their sources as far as they can be found, and what is known of the sources.</summary>
    public async Task<(ImmutableArray<InstalledPackage> Packages, IReadOnlyDictionary<AvailablePackageRef, AvailablePackageSummary> Known)> FindAsync(
        ImmutableArray<InstalledPackage> packages, Caller caller, CancellationToken cancellationToken)
    {
        var named = packages
            .Select(p => p.Source)
            .OfType<AvailablePackageRef>()
            .Distinct()
            .GroupBy(s => s.Repository)
            .Select(g => AskAsync(g.Key, [.. g.Select(s => s.Package)], caller, cancellationToken))
            .ToArray();
        var origins = await sources.FindAsync(packages, caller, cancellationToken);
        var known = (await Task.WhenAll(named)).SelectMany(f => f).ToDictionary(s => s.Ref);
        foreach (var found in origins.Values)
        {
            known[found.Ref] = found;
        }

        return ([.. packages.Select(p => p.Source is null && origins.TryGetValue(p.Ref, out var found) ? p with { Source = found.Ref } : p)], known);
    }

    private async Task<ImmutableArray<AvailablePackageSummary>> AskAsync(
        RepositoryRef repository, ImmutableArray<string> packages, Caller caller, CancellationToken cancellationToken)
    {
        if (plugins.Find(repository.Plugin.Name)?.Repositories is not { } format)
        {
            return [];
        }

        try
        {
            await access.RequireCatalogueAsync(caller, format, repository, cancellationToken);
            var (completed, summaries) = await Bounded.RunAsync(
                time, options.Value.EnrichmentWait, token => grains.GetRepository(repository).GetSummariesAsync(packages, token), cancellationToken);
            return completed ? summaries : [];
        }
        catch (Exception e) when (e is PackageException or KubernetesException { Failure: not KubernetesFailure.Unauthorized })
        {
            // The repository's own status tells why; an installed package is shown without what its catalogue knows.
            return [];
        }
    }
}
