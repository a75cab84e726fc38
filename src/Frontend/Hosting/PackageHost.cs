using System.Collections.Immutable;
using Orleans;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <inheritdoc cref="IPackageHost"/>
internal sealed class PackageHost(
    IPluginRegistry plugins,
    IKubernetesClients clusters,
    IGrainFactory grains,
    InstalledReader installed,
    ResourceReader resources) : IPackageHost
{
    // Well below the time after which a grain call is given up.
    private static readonly TimeSpan WaitPerCall = TimeSpan.FromSeconds(15);

    public string DefaultCluster => clusters.DefaultClusterName;

    public async Task<ImmutableArray<ResourceRef>> GetResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken)
    {
        await RequireAsync(package, caller, cancellationToken);
        return await grains.GetInstalledPackage(package).GetResourceRefsAsync(caller, cancellationToken);
    }

    public async Task<ImmutableArray<ResourceRef>> WaitForResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Each time anew: the caller's rights may end while it waits.
            await RequireAsync(package, caller, cancellationToken);
            if (await grains.GetInstalledPackage(package).WaitForResourceRefsAsync(caller, WaitPerCall, cancellationToken) is { } refs)
            {
                return refs;
            }
        }
    }

    public Task RollbackAsync(InstalledPackageRef package, long revision, Caller caller, CancellationToken cancellationToken) =>
        grains.GetInstalledPackage(package).RollbackAsync(revision, caller, cancellationToken);

    public IAsyncEnumerable<ResourceState> WatchResourcesAsync(
        InstalledPackageRef package, ImmutableArray<ResourceRef> wanted, bool watch, Caller caller, CancellationToken cancellationToken) =>
        watch
            ? resources.WatchAsync(package, wanted, caller, cancellationToken)
            : resources.ReadAsync(package.Cluster, wanted, caller, cancellationToken);

    private async Task RequireAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken)
    {
        var plugin = plugins.Find(package.Plugin.Name)
            ?? throw PackageException.InvalidField("installed_package_ref.plugin", $"there is no plugin '{package.Plugin.Name}' here.");
        await installed.RequireAsync(plugin, caller, package, cancellationToken);
    }
}
