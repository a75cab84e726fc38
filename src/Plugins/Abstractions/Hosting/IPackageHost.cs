using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>What a plugin's own RPC services may ask of the core. Every call is authorised for the caller.</summary>
public interface IPackageHost
{
    /// <summary>The name of the cluster that an empty name or <c>-</c> stands for.</summary>
    string DefaultCluster { get; }

    /// <summary>The objects that an installed package consists of.</summary>
    Task<ImmutableArray<ResourceRef>> GetResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken);

    /// <summary>The same, waiting until the package is installed.</summary>
    Task<ImmutableArray<ResourceRef>> WaitForResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken);

    /// <summary>Takes an installed package back to an earlier revision; 0: the one before.</summary>
    Task RollbackAsync(InstalledPackageRef package, long revision, Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// The present state of objects of an installed package, each as soon as it is known. A missing or forbidden object
    /// is left out; with <paramref name="watch"/> the stream goes on with every change until it is cancelled.
    /// </summary>
    IAsyncEnumerable<ResourceState> WatchResourcesAsync(InstalledPackageRef package, ImmutableArray<ResourceRef> resources, bool watch, Caller caller, CancellationToken cancellationToken);
}
