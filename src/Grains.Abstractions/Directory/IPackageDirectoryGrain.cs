using System.Collections.Immutable;
using Orleans.Concurrency;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// The index of one format in one cluster: one list and watch per kind, from which every list is answered. Throws
/// <see cref="PackageException"/> with <see cref="PackageErrorCode.Unavailable"/> until the first list has succeeded.
/// </summary>
[Alias("wego.IPackageDirectoryGrain")]
public interface IPackageDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Returns once every kind of the format has been listed for the first time; throws the first failure, after which it is tried again meanwhile.</summary>
    [AlwaysInterleave, ReadOnly, Alias("Sync")]
    Task SyncAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A page of installed packages. Where the service may not read them, the caller's token is used, for this call alone: then a caller
    /// who may not list in the namespaces asked for gets <see cref="PackageErrorCode.PermissionDenied"/>.
    /// </summary>
    [AlwaysInterleave, ReadOnly, Alias("ListInstalled")]
    Task<InstalledPage> ListInstalledAsync(InstalledQuery query, Caller caller, CancellationToken cancellationToken);

    /// <summary>The repositories of these namespaces; of all where <paramref name="namespaces"/> is null.</summary>
    [AlwaysInterleave, ReadOnly, Alias("ListRepositories")]
    Task<RepositoryPage> ListRepositoriesAsync(ImmutableHashSet<string>? namespaces, CancellationToken cancellationToken);

    /// <summary>
    /// The namespaces that have installed packages; <see cref="PackageErrorCode.PermissionDenied"/> where the service may not find out.
    /// </summary>
    [AlwaysInterleave, ReadOnly, Alias("ListInstalledNamespaces")]
    Task<ImmutableArray<string>> ListInstalledNamespacesAsync(CancellationToken cancellationToken);

    /// <summary>The namespaces that have repositories.</summary>
    [AlwaysInterleave, ReadOnly, Alias("ListRepositoryNamespaces")]
    Task<ImmutableArray<string>> ListRepositoryNamespacesAsync(CancellationToken cancellationToken);

    /// <summary>The objects that a repository's catalogue is made of, where the format has such; <paramref name="known"/> is the revision that the asker has, or empty.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetCatalogue")]
    Task<CatalogueObjects> GetCatalogueAsync(string ns, string repository, string known, CancellationToken cancellationToken);

    /// <summary>
    /// Each package with the repository that offers it now, in its own namespace or the format's global one; null for each that none
    /// offers. For formats whose catalogues lie in the cluster: there the name of a package finds its repository.
    /// </summary>
    [AlwaysInterleave, ReadOnly, Alias("Resolve")]
    Task<ImmutableArray<AvailablePackageRef?>> ResolveAsync(ImmutableArray<AvailablePackageRef> packages, CancellationToken cancellationToken);

    /// <summary>Returns once the index knows the package: after a creation, so that its creator finds it in the next list.</summary>
    [AlwaysInterleave, ReadOnly, Alias("WaitForInstalled")]
    Task WaitForInstalledAsync(InstalledPackageRef package, CancellationToken cancellationToken);

    /// <summary>Returns once the index knows the repository, or no longer knows it.</summary>
    [AlwaysInterleave, ReadOnly, Alias("WaitForRepository")]
    Task WaitForRepositoryAsync(RepositoryRef repository, bool present, CancellationToken cancellationToken);

    /// <summary>Takes the state of a repository's catalogue from its grain, for lists; null once the repository is gone.</summary>
    [AlwaysInterleave, Alias("ReportCatalogue")]
    Task ReportCatalogueAsync(RepositoryRef repository, CatalogueState? state);

    /// <summary>
    /// All installed packages, then every change. A subscriber that reads slowly misses intermediate states, never the last.
    /// </summary>
    [AlwaysInterleave, Alias("WatchInstalled")]
    IAsyncEnumerable<InstalledPackageEvent> WatchInstalledAsync(InstalledQuery query, CancellationToken cancellationToken);
}
