using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>
/// What installed packages of one format mean, in Kubernetes objects. Pure translation and single operations: caching,
/// watching, access decisions and paging are done around it. Throws <see cref="PackageException"/> for what a user can
/// cause, and lets <see cref="KubernetesException"/> pass.
/// </summary>
public interface IPackageFormat
{
    /// <summary>The kinds whose objects are installed packages. Reading them is what a caller needs rights for.</summary>
    ImmutableArray<WatchedKind> InstalledKinds { get; }

    /// <summary>What a caller must be able to <c>get</c> in a repository's namespace to read a package's content; null: nothing beyond the repository.</summary>
    WatchedKind? ContentKind { get; }

    /// <summary>Whether packages are installed on no other cluster than the one that Wego runs on.</summary>
    bool DefaultClusterOnly => false;

    /// <summary>
    /// Whether operations take long: then one runs at a time per package, a second one is refused with
    /// <see cref="PackageErrorCode.Aborted"/>, and one that has begun is not given up when its caller is.
    /// </summary>
    bool HasLongOperations => false;

    /// <summary>Whether creations and updates need the archive of an exact version, which is looked up before.</summary>
    bool InstallsArchives => false;

    /// <summary>Translates one object; null where it is no package of this format. Never throws for odd objects: it says so in the status.</summary>
    InstalledPackage? ReadInstalled(string cluster, KubernetesObject obj);

    /// <summary>Which objects of a kind describe this package.</summary>
    ObjectSelector SelectInstalled(WatchedKind kind, InstalledPackageRef package);

    /// <summary>Translates a package's objects (at least one), reading with the caller's rights what else belongs to the detail; what the caller may not read stays empty.</summary>
    Task<InstalledPackageDetail> ReadDetailAsync(InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken);

    /// <summary>
    /// The objects that the package consists of. <see cref="PackageErrorCode.NotFound"/> while nothing is installed yet.
    /// </summary>
    Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken);

    /// <summary>The versions of a package that are offered, newest first.</summary>
    ImmutableArray<PackageVersion> ListVersions(CataloguePackage package);

    /// <summary>The version that the format's controller would move an installed package to by itself; null where it has no such thing, or none is offered.</summary>
    /// <param name="package">The package as it is offered now.</param>
    /// <param name="selection">What the installed package says, see <see cref="InstalledPackage.VersionSelection"/>.</param>
    PackageVersion? FindMatching(CataloguePackage package, string selection) => null;

    /// <summary>Installs; returns once it is asked for, not when it is ready.</summary>
    Task CreateAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Changes version, values or options.</summary>
    Task UpdateAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Goes back to an earlier revision.</summary>
    /// <param name="package">Which package.</param>
    /// <param name="revision">The revision; 0: the one before.</param>
    /// <param name="call">The cluster and the caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RollbackAsync(InstalledPackageRef package, long revision, PluginCall call, CancellationToken cancellationToken) =>
        throw Lacks(package, "be rolled back");

    /// <summary>Tells what an operation would do, without doing it.</summary>
    Task<PackagePreview> PreviewAsync(PackagePreviewRequest request, PluginCall call, CancellationToken cancellationToken) =>
        throw Lacks(request.Ref, "be tried without being carried out");

    /// <summary>The history of a package, newest first, out of its objects.</summary>
    ImmutableArray<PackageRevision> ReadHistory(InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects) =>
        throw Lacks(package, "tell their history");

    /// <summary>Uninstalls.</summary>
    Task DeleteAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken);

    private static PackageException Lacks(InstalledPackageRef package, string ability) =>
        new(PackageErrorCode.Unimplemented, $"installed_package_ref.plugin: packages of '{package.Plugin.Name}' cannot {ability}.");
}
