using System.Collections.Immutable;
using Orleans.Concurrency;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// One installed package: watches its object and, while anybody looks, everything that belongs to it; the single writer of
/// its changes. Callers have been authorised for reading before they get here; writes relay the caller's token. All
/// methods throw <see cref="PackageException"/>; <see cref="PackageErrorCode.NotFound"/> where the package does not exist.
/// </summary>
[Alias("wego.IInstalledPackageGrain")]
public interface IInstalledPackageGrain : IGrainWithStringKey
{
    /// <summary>How long an operation is waited for; formats set shorter deadlines of their own.</summary>
    private const string OperationTimeout = "01:00:00";

    /// <summary>The package in full.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetDetail")]
    Task<InstalledPackageDetail> GetDetailAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>The objects it consists of.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetResourceRefs")]
    Task<ImmutableArray<ResourceRef>> GetResourceRefsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// The objects it consists of as soon as it is installed; null where it is not within the time given, to be asked again.
    /// </summary>
    [AlwaysInterleave, ReadOnly, Alias("WaitForResourceRefs")]
    Task<ImmutableArray<ResourceRef>?> WaitForResourceRefsAsync(Caller caller, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>
    /// The state of these objects, then every change. All subscribers share one watch per object; one that reads slowly
    /// misses intermediate states, never the last. An object that does not exist yet appears once it does; one that the
    /// service cannot watch is announced by an empty manifest, for the caller to watch it with its own rights.
    /// </summary>
    [AlwaysInterleave, Alias("WatchResources")]
    IAsyncEnumerable<ResourceState> WatchResourcesAsync(ImmutableArray<ResourceRef> resources, CancellationToken cancellationToken);

    /// <summary>Returns once the grain knows the package: after a creation, so that its creator can read it.</summary>
    [AlwaysInterleave, ReadOnly, Alias("WaitForPresence")]
    Task WaitForPresenceAsync(CancellationToken cancellationToken);

    /// <summary>Its history, newest first.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetHistory")]
    Task<ImmutableArray<PackageRevision>> GetHistoryAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>What an operation would do.</summary>
    [AlwaysInterleave, ResponseTimeout(OperationTimeout), Alias("Preview")]
    Task<PackagePreview> PreviewAsync(PackagePreviewRequest request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Installs it.</summary>
    [AlwaysInterleave, ResponseTimeout(OperationTimeout), Alias("Create")]
    Task CreateAsync(CreateInstalledPackage request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Changes it.</summary>
    [AlwaysInterleave, ResponseTimeout(OperationTimeout), Alias("Update")]
    Task UpdateAsync(UpdateInstalledPackage request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Takes it back to an earlier revision; 0: the one before.</summary>
    [AlwaysInterleave, ResponseTimeout(OperationTimeout), Alias("Rollback")]
    Task RollbackAsync(long revision, Caller caller, CancellationToken cancellationToken);

    /// <summary>Uninstalls it.</summary>
    [AlwaysInterleave, ResponseTimeout(OperationTimeout), Alias("Delete")]
    Task DeleteAsync(Caller caller, CancellationToken cancellationToken);
}
