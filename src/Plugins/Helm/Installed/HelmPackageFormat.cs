using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Installed packages as Helm's own releases. Reading needs no <c>helm</c> program, operations do.</summary>
internal sealed class HelmPackageFormat(
    IOptions<HelmOptions> options,
    IKubernetesClients clusters,
    HelmOperations operations,
    HelmPreviews previews,
    TimeProvider time) : IPackageFormat
{
    private readonly HelmOptions _options = options.Value;
    private readonly InstalledRelease _releases = new(clusters.DefaultClusterName);

    /// <inheritdoc/>
    public ImmutableArray<WatchedKind> InstalledKinds { get; } = [.. options.Value.StoragesOrDefault.Select(s => s.Watched())];

    /// <inheritdoc/>
    public WatchedKind? ContentKind => null;

    /// <inheritdoc/>
    public bool HasLongOperations => true;

    /// <inheritdoc/>
    public bool InstallsArchives => true;

    /// <inheritdoc/>
    public InstalledPackage? ReadInstalled(string cluster, KubernetesObject obj) =>
        FluxReleases.IsOne(obj) && !_options.IncludeFluxReleases ? null : _releases.Read(cluster, obj);

    /// <inheritdoc/>
    public ObjectSelector SelectInstalled(WatchedKind kind, InstalledPackageRef package) => new(StoredReleaseObject.SelectorOf(package.Name), null);

    /// <inheritdoc/>
    public Task<InstalledPackageDetail> ReadDetailAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var (obj, stored) = InstalledRelease.Newest(package, objects);
        var (summary, release) = _releases.ReadAll(package.Cluster, obj, stored);
        return Task.FromResult(new InstalledPackageDetail
        {
            Package = WithRemedy(summary, stored, release),
            ValuesApplied = release is null ? "" : release.Values == "null" ? "{}" : release.Values,
            PostInstallationNotes = release?.Notes ?? "",
            CustomDetail = CustomDetail(stored.Revision),
        });
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var release = _releases.Decode(InstalledRelease.Newest(package, objects).Object);
        return Task.FromResult(ManifestResources.Read(release.Manifest, package.Namespace));
    }

    /// <inheritdoc/>
    public ImmutableArray<PackageRevision> ReadHistory(InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects) => [.. _releases.ReadHistory(objects)];

    /// <inheritdoc/>
    public ImmutableArray<PackageVersion> ListVersions(CataloguePackage package) => [.. _options.VersionsInSummary.Of(package)];

    /// <inheritdoc/>
    public Task CreateAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken) => operations.InstallAsync(request, call, cancellationToken);

    /// <inheritdoc/>
    public Task UpdateAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken) => operations.UpgradeAsync(request, call, cancellationToken);

    /// <inheritdoc/>
    public Task RollbackAsync(InstalledPackageRef package, long revision, PluginCall call, CancellationToken cancellationToken) =>
        operations.RollbackAsync(package, revision, call, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken) => operations.UninstallAsync(package, call, cancellationToken);

    /// <inheritdoc/>
    public Task<PackagePreview> PreviewAsync(PackagePreviewRequest request, PluginCall call, CancellationToken cancellationToken) =>
        previews.PreviewAsync(request, call, cancellationToken);

    // Longer than an operation may take: nobody is at it any more.
    private InstalledPackage WithRemedy(InstalledPackage package, StoredReleaseObject stored, StoredRelease? release) =>
        HelmStatus.IsPending(stored.Status)
        && release?.Summary.LastDeployed is { } since
        && time.GetUtcNow() - since > TimeSpan.FromSeconds(_options.TimeoutSeconds) + HelmTimes.Grace
            ? package with { Status = package.Status with { UserReason = $"{stored.Status} since {since:u}. {Remedies.Interrupted(stored.Status)}" } }
            : package;

    private static CustomDetail CustomDetail(long revision)
    {
        var any = Any.Pack(new InstalledPackageDetailCustomDataHelm { ReleaseRevision = (int)revision });
        return new CustomDetail(any.TypeUrl, [.. any.Value.Span]);
    }
}
