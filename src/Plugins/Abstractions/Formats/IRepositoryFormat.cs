using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>
/// What repositories of one format mean, in Kubernetes objects and at the remote side. Pure translation and single
/// operations: caching, watching, scheduling and access decisions are done around it. Throws
/// <see cref="PackageException"/> for what a user or a remote side can cause, and lets <see cref="KubernetesException"/> pass.
/// </summary>
public interface IRepositoryFormat
{
    /// <summary>The kind whose objects are repositories.</summary>
    WatchedKind RepositoryKind { get; }

    /// <summary>Whether repositories are on no other cluster than the one that Wego runs on.</summary>
    bool DefaultClusterOnly => false;

    /// <summary>The namespace whose repositories everybody may use, or null where the format has none.</summary>
    string? GlobalNamespace { get; }

    /// <summary>Whether a list of one namespace's repositories shows those of the global namespace, too, as far as the caller may list them.</summary>
    bool ShowsGlobalRepositories => false;

    /// <summary>What a caller needs to see a repository's packages; by default, to <c>get</c> the repository.</summary>
    CatalogueAccess CatalogueAccess => new("get", RepositoryKind);

    /// <summary>How a search of the packages understands what is asked for.</summary>
    CatalogueSearch Search => CatalogueSearch.Default;

    /// <summary>Which repositories offer packages to a namespace.</summary>
    /// <param name="cluster">The cluster asked about.</param>
    /// <param name="ns">The namespace asked about; empty for all.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.Unimplemented"/>: the format has no packages there.</exception>
    CatalogueScope ReadScope(string cluster, string ns);

    /// <summary>Translates one object. Never throws for odd objects: it says so in the status. An implied repository has a name and a namespace alone.</summary>
    RepositorySummary ReadRepository(string cluster, KubernetesObject obj);

    /// <summary>The objects that catalogues are made of, where they lie in the cluster; null where catalogues are fetched.</summary>
    ICatalogueObjects? Objects => null;

    /// <summary>How the packages of this format are searched.</summary>
    CatalogueMatching Matching => CatalogueMatching.Default;

    /// <summary>When to refresh the catalogue. Not asked where there are <see cref="Objects"/>.</summary>
    RefreshSchedule ReadSchedule(KubernetesObject obj) => throw new NotSupportedException("Catalogues of this format are not fetched.");

    /// <summary>
    /// Fetches the catalogue with the service's identity, or finds that <paramref name="previous"/> is still current. Not asked where
    /// there are <see cref="Objects"/>.
    /// </summary>
    Task<CatalogueRefresh> RefreshAsync(RepositoryRef repository, KubernetesObject obj, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Catalogues of this format are not fetched.");

    /// <summary>Fetches what a package of one version contains, with the service's identity.</summary>
    Task<PackageContent> FetchContentAsync(RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken);

    /// <summary>What the repository keeps beside a package of one version; with the service's identity.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.Unimplemented"/>: the repository keeps nothing beside packages.</exception>
    Task<ImmutableArray<PackageMetadata>> FetchMetadataAsync(RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        throw new PackageException(PackageErrorCode.Unimplemented, $"available_package_ref.plugin: packages of '{repository.Plugin.Name}' have no metadata beside them.");

    /// <summary>Translates a repository, reading its Secret with the caller's rights; credentials redacted.</summary>
    Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Adds a repository with all that belongs to it, or nothing.</summary>
    Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Changes a repository.</summary>
    Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Removes a repository and what Wego created for it.</summary>
    Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken);
}
