using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Installed packages as <c>HelmRelease</c> objects.</summary>
/// <param name="options">The plugin's settings.</param>
internal sealed class FluxPackageFormat(IOptions<FluxOptions> options) : IPackageFormat
{
    private readonly FluxOptions _options = options.Value;

    /// <inheritdoc/>
    public ImmutableArray<WatchedKind> InstalledKinds { get; } = [FluxKinds.HelmReleases];

    /// <inheritdoc/>
    public bool DefaultClusterOnly => true;

    /// <inheritdoc/>
    public WatchedKind? ContentKind => FluxKinds.HelmCharts;

    /// <inheritdoc/>
    public InstalledPackage? ReadInstalled(string cluster, KubernetesObject obj) => HelmReleaseReader.Read(cluster, obj);

    /// <inheritdoc/>
    public ObjectSelector SelectInstalled(WatchedKind kind, InstalledPackageRef package) => ObjectSelector.ByName(package.Name);

    /// <inheritdoc/>
    public async Task<InstalledPackageDetail> ReadDetailAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var release = objects[0];
        var summary = HelmReleaseReader.Read(package.Cluster, release);
        var record = await HelmReleaseStore.TryReadAsync(HelmReleaseLocation.Of(release), call, cancellationToken);
        var values = release.Find("spec", "values");
        return new InstalledPackageDetail
        {
            Package = record is null ? summary : summary with { CurrentVersion = Complete(summary.CurrentVersion, record) },
            ValuesApplied = values.ValueKind == JsonValueKind.Object ? values.GetRawText() : "",
            Reconciliation = HelmReleaseReader.ReadReconciliation(release),
            PostInstallationNotes = record?.Notes ?? "",
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var location = HelmReleaseLocation.Of(objects[0]);
        return InventoryResources.Read(objects[0], location.TargetNamespace) is { } inventory && location.Revision > 0
            ? inventory
            : ManifestResources.Read((await HelmReleaseStore.ReadAsync(location, call, cancellationToken)).Manifest, location.TargetNamespace);
    }

    /// <inheritdoc/>
    public ImmutableArray<PackageVersion> ListVersions(CataloguePackage package) => [.. _options.VersionsInSummary.Of(package)];

    /// <inheritdoc/>
    public async Task CreateAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await FluxKinds.HelmReleases.FindServedAsync(call.Client, cancellationToken);
        var manifest = HelmReleaseManifest.Create(request, _options, resource.ApiVersion);
        await call.Client.CreateAsync(call.Identity, resource, request.Ref.Namespace, manifest, new WriteOptions(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Conditional on the version that was read: who changed the release in between is not overwritten.</remarks>
    public async Task UpdateAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await FluxKinds.HelmReleases.FindServedAsync(call.Client, cancellationToken);
        var present = await call.Client.GetAsync(call.Identity, resource, request.Ref.Namespace, request.Ref.Name, cancellationToken);
        if (HelmReleaseStatus.Read(present) is { Reason: PackageStatusReason.Pending } status)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"HelmRelease {request.Ref.Namespace}/{request.Ref.Name} is still pending{Explain(status.UserReason)}: wait until Flux has finished, then change it.");
        }

        var manifest = present.ToJsonObject();
        HelmReleaseManifest.Update(manifest, request, _options);
        await call.Client.ReplaceAsync(call.Identity, resource, request.Ref.Namespace, request.Ref.Name, manifest, new WriteOptions(), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await FluxKinds.HelmReleases.FindServedAsync(call.Client, cancellationToken);
        await call.Client.DeleteAsync(call.Identity, resource, package.Namespace, package.Name, new DeleteOptions(), cancellationToken);
    }

    private static string Explain(string reason) => reason.Length == 0 ? "" : $" ({reason})";

    // Older versions of the kind do not tell the app version. The record may be of another revision than the one that counts.
    private static PackageVersion? Complete(PackageVersion? version, StoredRelease record) =>
        version is null ? null
        : version.AppVersion.Length == 0 && version.Version == record.Summary.Chart.Version ? version with { AppVersion = record.Summary.Chart.AppVersion }
        : version;
}
