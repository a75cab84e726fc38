using System.Collections.Immutable;
using Orleans;
using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// Finds the repository of a package by the package's name alone, for formats whose catalogues lie in the cluster: what a reference
/// says of the repository may be out of date, or not known to who made it. Other references stay as they are. Tells nobody
/// anything that still has to be authorised.
/// </summary>
internal sealed class PackageResolver(IGrainFactory grains, IPluginRegistry plugins)
{
    /// <summary>The package with the repository that offers it; as it was given where none does.</summary>
    public async Task<AvailablePackageRef> ResolveAsync(RegisteredPlugin plugin, AvailablePackageRef package, CancellationToken cancellationToken)
    {
        if (plugin.Repositories?.Objects is null)
        {
            return package;
        }

        var found = await grains.GetDirectory(plugin.Id, package.Repository.Cluster).ResolveAsync([package], cancellationToken);
        return found[0] ?? package;
    }

    /// <summary>The installed packages with the sources that offer them now; without source where none does.</summary>
    public async Task<ImmutableArray<InstalledPackage>> ResolveAsync(ImmutableArray<InstalledPackage> packages, CancellationToken cancellationToken)
    {
        var unresolved = packages
            .Select(p => p.Source)
            .OfType<AvailablePackageRef>()
            .Where(s => plugins.Find(s.Repository.Plugin.Name)?.Repositories?.Objects is not null)
            .Distinct()
            .GroupBy(s => (s.Repository.Plugin, s.Repository.Cluster))
            .ToArray();
        if (unresolved.Length == 0)
        {
            return packages;
        }

        var resolved = new Dictionary<AvailablePackageRef, AvailablePackageRef?>();
        foreach (var group in unresolved)
        {
            ImmutableArray<AvailablePackageRef> sources = [.. group];
            foreach (var (source, found) in sources.Zip(await TryResolveAsync(group.Key.Plugin, group.Key.Cluster, sources, cancellationToken)))
            {
                resolved[source] = found;
            }
        }

        return [.. packages.Select(p => p.Source is { } source && resolved.TryGetValue(source, out var found) ? p with { Source = found } : p)];
    }

    private async Task<ImmutableArray<AvailablePackageRef?>> TryResolveAsync(
        PluginId plugin, string cluster, ImmutableArray<AvailablePackageRef> sources, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetDirectory(plugin, cluster).ResolveAsync(sources, cancellationToken);
        }
        catch (PackageException)
        {
            // Installed packages are shown without what catalogues know; the repositories' own status tells why.
            return [.. sources.Select(_ => (AvailablePackageRef?)null)];
        }
    }
}
