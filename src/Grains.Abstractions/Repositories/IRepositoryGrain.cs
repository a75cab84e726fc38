using System.Collections.Immutable;
using Orleans.Concurrency;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// One repository: watches its object, keeps its catalogue in memory and refreshes it. Callers have been authorised
/// before they get here. All methods throw <see cref="PackageException"/>; <see cref="PackageErrorCode.NotFound"/> where
/// the repository does not exist.
/// </summary>
[Alias("wego.IRepositoryGrain")]
public interface IRepositoryGrain : IGrainWithStringKey
{
    /// <summary>Finds packages. Waits for the first catalogue; later ones are loaded while the old one is served.</summary>
    [AlwaysInterleave, ReadOnly, Alias("Search")]
    Task<CatalogueSlice> SearchAsync(CatalogueQuery query, CancellationToken cancellationToken);

    /// <summary>The list entries of these packages, as far as they exist, in the order asked for.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetSummaries")]
    Task<ImmutableArray<AvailablePackageSummary>> GetSummariesAsync(ImmutableArray<string> packages, CancellationToken cancellationToken);

    /// <summary>For each of these installed packages, what it most likely came from, or null where this repository offers nothing like it.</summary>
    [AlwaysInterleave, ReadOnly, Alias("FindOrigins")]
    Task<ImmutableArray<PackageOffer?>> FindOriginsAsync(ImmutableArray<PackageOrigin> origins, CancellationToken cancellationToken);

    /// <summary>One exact version of a package; the newest where <paramref name="version"/> is empty.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetArchive")]
    Task<PackageArchive> GetArchiveAsync(string package, string version, CancellationToken cancellationToken);

    /// <summary>What the repository keeps beside one version of a package; the newest where <paramref name="version"/> is empty.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetMetadatas")]
    Task<ImmutableArray<PackageMetadata>> GetMetadatasAsync(string package, string version, CancellationToken cancellationToken);

    /// <summary>The version that each of these packages would be moved to by its controller; null for each where there is none.</summary>
    [AlwaysInterleave, ReadOnly, Alias("FindMatching")]
    Task<ImmutableArray<PackageVersion?>> FindMatchingAsync(ImmutableArray<PackageSelection> selections, CancellationToken cancellationToken);

    /// <summary>Everything about one version of a package; the newest where <paramref name="version"/> is empty.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetPackage")]
    Task<AvailablePackageDetail> GetPackageAsync(string package, string version, CancellationToken cancellationToken);

    /// <summary>The versions of a package that are offered.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetVersions")]
    Task<ImmutableArray<PackageVersion>> GetVersionsAsync(string package, CancellationToken cancellationToken);

    /// <summary>What the repository is, read with the caller's rights where Secrets are concerned.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetDetail")]
    Task<RepositoryDetail> GetDetailAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>The state of the catalogue.</summary>
    [AlwaysInterleave, ReadOnly, Alias("GetState")]
    Task<CatalogueState> GetStateAsync(CancellationToken cancellationToken);

    /// <summary>Refreshes now, or joins the refresh under way.</summary>
    [AlwaysInterleave, Alias("Refresh")]
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Returns once the grain knows the repository, or no longer knows it: after a write, so that the next read shows it.</summary>
    [AlwaysInterleave, ReadOnly, Alias("WaitFor")]
    Task WaitForAsync(bool present, CancellationToken cancellationToken);

    /// <summary>Adds the repository with the caller's rights.</summary>
    [Alias("Add")]
    Task AddAsync(AddRepository request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Changes the repository with the caller's rights.</summary>
    [Alias("Update")]
    Task UpdateAsync(UpdateRepository request, Caller caller, CancellationToken cancellationToken);

    /// <summary>Removes the repository with the caller's rights.</summary>
    [Alias("Delete")]
    Task DeleteAsync(Caller caller, CancellationToken cancellationToken);
}
