using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Looks up what catalogues know of installed packages: newest version, icon, description. One call per repository, only
/// to repositories the caller may read, and never for longer than a list may wait; what is not known in time stays empty.
/// </summary>
internal sealed class CatalogueLookup(IGrainFactory grains, IPluginRegistry plugins, PackageAccess access, IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>What is known of the sources of these packages.</summary>
    public async Task<IReadOnlyDictionary<AvailablePackageRef, AvailablePackageSummary>> FindAsync(
        IEnumerable<InstalledPackage> packages, Caller caller, CancellationToken cancellationToken)
    {
        var byRepository = packages
            .Select(p => p.Source)
            .OfType<AvailablePackageRef>()
            .Distinct()
            .GroupBy(s => s.Repository)
            .ToArray();
        var found = await Task.WhenAll(byRepository.Select(g => AskAsync(g.Key, [.. g.Select(s => s.Package)], caller, cancellationToken)));
        return found.SelectMany(f => f).ToDictionary(s => s.Ref);
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
            if (!await access.IsAllowedAsync(caller, repository.Cluster, "get", format.RepositoryKind, repository.Namespace, repository.Name, cancellationToken))
            {
                return [];
            }

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
