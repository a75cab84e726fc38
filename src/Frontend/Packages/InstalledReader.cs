using System.Collections.Immutable;
using Orleans;
using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>Reads installed packages of one plugin out of its directory, as far as the caller may list them.</summary>
internal sealed class InstalledReader(IGrainFactory grains, PackageAccess access)
{
    public static SortKey KeyOf(InstalledPackage package) =>
        new(package.Ref.Name, package.Ref.Plugin.Name, package.Ref.Namespace, package.Ref.Name);

    /// <summary>A page.</summary>
    /// <exception cref="PackageException">The caller may not list in the namespace asked for.</exception>
    public async Task<InstalledPage> ListAsync(
        RegisteredPlugin plugin, Caller caller, string cluster, string ns, SortKey? after, int limit, CancellationToken cancellationToken)
    {
        var namespaces = await NamespacesAsync(plugin, caller, cluster, ns, cancellationToken);
        return await grains.GetDirectory(plugin.Id, cluster).ListInstalledAsync(new InstalledQuery(namespaces, after, limit), caller, cancellationToken);
    }

    /// <summary>The namespaces in which the caller may list; null: all.</summary>
    /// <exception cref="PackageException">The caller may not list in the namespace asked for.</exception>
    public async Task<ImmutableHashSet<string>?> NamespacesAsync(RegisteredPlugin plugin, Caller caller, string cluster, string ns, CancellationToken cancellationToken)
    {
        access.RequirePackagesOn(plugin, cluster);
        var kind = KindOf(plugin);
        if (ns.Length > 0)
        {
            await access.RequireAsync(caller, cluster, "list", kind, ns, name: "", cancellationToken);
            return [ns];
        }

        if (await access.IsAllowedAsync(caller, cluster, "list", kind, ns: "", name: "", cancellationToken))
        {
            return null;
        }

        var candidates = await grains.GetDirectory(plugin.Id, cluster).ListInstalledNamespacesAsync(cancellationToken);
        return await access.NamespacesAsync(caller, cluster, "list", kind, candidates, cancellationToken);
    }

    /// <summary>Whether the caller may list packages of that namespace.</summary>
    public ValueTask<bool> MayListAsync(RegisteredPlugin plugin, Caller caller, string cluster, string ns, CancellationToken cancellationToken) =>
        access.IsAllowedAsync(caller, cluster, "list", KindOf(plugin), ns, name: "", cancellationToken);

    /// <summary>Requires that the caller may read this package.</summary>
    /// <exception cref="PackageException">The caller may not, whether it exists or not.</exception>
    public ValueTask RequireAsync(RegisteredPlugin plugin, Caller caller, InstalledPackageRef package, CancellationToken cancellationToken) =>
        access.RequireAsync(caller, package.Cluster, "get", KindOf(plugin), package.Namespace, package.Name, cancellationToken);

    // A format of several kinds is readable where its first, the one that makes a package, is.
    private static WatchedKind KindOf(RegisteredPlugin plugin) => plugin.RequirePackages().InstalledKinds[0];
}
