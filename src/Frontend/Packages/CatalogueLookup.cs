using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Looks up what catalogues know of installed packages: where they came from, newest version, icon, description. A few
/// calls per repository, only to repositories the caller may read, and never for longer than a list may wait; what is
/// not known in time stays empty.
/// </summary>
internal sealed class CatalogueLookup(IGrainFactory grains, IPluginRegistry plugins, PackageAccess access, SourceFinder sources, PackageResolver resolver, IOptions<FrontendOptions> options, TimeProvider time)
{
    /// <summary>The packages with their sources as far as they can be found, and what is known of the sources.</summary>
    public async Task<(ImmutableArray<InstalledPackage> Packages, IReadOnlyDictionary<AvailablePackageRef, AvailablePackageSummary> Known)> FindAsync(
        ImmutableArray<InstalledPackage> packages, Caller caller, CancellationToken cancellationToken)
    {
        packages = await resolver.ResolveAsync(packages, cancellationToken);
        var named = packages
            .Where(p => p.Source is not null)
            .GroupBy(p => p.Source!.Repository)
            .Select(g => AskAsync(g.Key, [.. g], caller, cancellationToken))
            .ToArray();
        var origins = await sources.FindAsync(packages, caller, cancellationToken);
        var answers = await Task.WhenAll(named);
        var known = answers.SelectMany(a => a.Summaries).ToDictionary(s => s.Ref);
        foreach (var found in origins.Values)
        {
            known[found.Ref] = found;
        }

        var matching = answers.SelectMany(a => a.Matching).ToDictionary(m => m.Package, m => m.Version);
        return (
            [
                .. packages.Select(p => p with
                {
                    Source = p.Source ?? origins.GetValueOrDefault(p.Ref)?.Ref,
                    LatestMatchingVersion = matching.GetValueOrDefault(p.Ref),
                }),
            ],
            known);
    }

    private async Task<CatalogueAnswer> AskAsync(RepositoryRef repository, ImmutableArray<InstalledPackage> packages, Caller caller, CancellationToken cancellationToken)
    {
        if (plugins.Find(repository.Plugin.Name)?.Repositories is not { } format)
        {
            return CatalogueAnswer.None;
        }

        try
        {
            await access.RequireCatalogueAsync(caller, format, repository, cancellationToken);
            var (completed, answer) = await Bounded.RunAsync(
                time, options.Value.EnrichmentWait, token => AskAsync(grains.GetRepository(repository), packages, token), cancellationToken);
            return completed ? answer! : CatalogueAnswer.None;
        }
        catch (Exception e) when (e is PackageException or KubernetesException { Failure: not KubernetesFailure.Unauthorized })
        {
            // The repository's own status tells why; an installed package is shown without what its catalogue knows.
            return CatalogueAnswer.None;
        }
    }

    private static async Task<CatalogueAnswer> AskAsync(IRepositoryGrain repository, ImmutableArray<InstalledPackage> packages, CancellationToken cancellationToken)
    {
        var summaries = await repository.GetSummariesAsync([.. packages.Select(p => p.Source!.Package).Distinct(StringComparer.Ordinal)], cancellationToken);
        ImmutableArray<InstalledPackage> moving = [.. packages.Where(p => p.VersionSelection.Length > 0)];
        if (moving.IsEmpty)
        {
            return new CatalogueAnswer(summaries, []);
        }

        var matching = await repository.FindMatchingAsync([.. moving.Select(p => new PackageSelection(p.Source!.Package, p.VersionSelection))], cancellationToken);
        return new CatalogueAnswer(summaries, [.. moving.Zip(matching, (p, v) => (p.Ref, v))]);
    }
}
