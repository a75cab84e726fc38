using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Installed packages as <c>PackageInstall</c> objects, their values in Secrets beside them.</summary>
/// <param name="options">The plugin's settings.</param>
/// <param name="logger">Where clean-ups that failed are told.</param>
internal sealed class CarvelPackageFormat(IOptions<CarvelOptions> options, ILogger<CarvelPackageFormat> logger) : IPackageFormat
{
    private readonly CarvelOptions _options = options.Value;

    /// <inheritdoc/>
    public ImmutableArray<WatchedKind> InstalledKinds { get; } = [CarvelKinds.PackageInstalls];

    /// <inheritdoc/>
    public WatchedKind? ContentKind => null;

    /// <inheritdoc/>
    public InstalledPackage? ReadInstalled(string cluster, KubernetesObject obj) => PackageInstallReader.Read(cluster, obj);

    /// <inheritdoc/>
    public ObjectSelector SelectInstalled(WatchedKind kind, InstalledPackageRef package) => ObjectSelector.ByName(package.Name);

    /// <inheritdoc/>
    public async Task<InstalledPackageDetail> ReadDetailAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var install = objects[0];
        return new InstalledPackageDetail
        {
            Package = PackageInstallReader.Read(package.Cluster, install) with { Status = PackageInstallStatus.ReadDetailed(install) },
            ValuesApplied = await new ValuesSecrets(package, call, logger).ReadAsync(install, cancellationToken),
            Reconciliation = PackageInstallReader.ReadReconciliation(install),
            PostInstallationNotes = await ReadNotesAsync(package, call, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken) =>
        AppResources.ReadAsync(package, call, cancellationToken);

    /// <inheritdoc/>
    public ImmutableArray<PackageVersion> ListVersions(CataloguePackage package) =>
        [.. package.Versions.Select(v => new PackageVersion(v.Version, v.AppVersion))];

    /// <inheritdoc/>
    public PackageVersion? FindMatching(CataloguePackage package, string selection) =>
        VersionSelection.Parse(selection).TryFindHighest(package.Versions, out var version) ? new PackageVersion(version, version) : null;

    /// <inheritdoc/>
    /// <remarks>The Secret comes first, so that kapp-controller finds the values as soon as it sees the install; whatever fails takes back what was made before.</remarks>
    public async Task CreateAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await CarvelKinds.PackageInstalls.FindServedAsync(call, cancellationToken);
        var manifest = PackageInstallManifest.Create(request, _options, resource.ApiVersion);
        var secrets = new ValuesSecrets(request.Ref, call, logger);
        KubernetesObject? created = null;
        try
        {
            PackageInstallManifest.SetValues(manifest, await secrets.CreateAsync(request.Values, owner: null, cancellationToken));
            created = await call.Client.CreateAsync(call.Identity, resource, request.Ref.Namespace, manifest, new WriteOptions(), cancellationToken);
            await secrets.AdoptAsync(created, cancellationToken);
        }
        catch
        {
            if (created is not null)
            {
                await TryDeleteAsync(resource, created, call);
            }

            await secrets.RollBackAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Conditional on the version that was read: who changed the install in between is not overwritten. Without values the install
    /// takes none, and only the Secret that Wego keeps is removed.
    /// </remarks>
    public async Task UpdateAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await CarvelKinds.PackageInstalls.FindServedAsync(call, cancellationToken);
        var (ns, name) = (request.Ref.Namespace, request.Ref.Name);
        var present = await call.Client.GetAsync(call.Identity, resource, ns, name, cancellationToken);
        var manifest = present.ToJsonObject();
        PackageInstallManifest.Update(manifest, request, _options);
        var secrets = new ValuesSecrets(request.Ref, call, logger);
        var unused = request.Values.Length == 0 ? await secrets.FindManagedAsync(present, cancellationToken) : null;
        try
        {
            PackageInstallManifest.SetValues(manifest, request.Values.Length == 0 ? null : await secrets.SetAsync(present, request.Values, cancellationToken));
            await call.Client.ReplaceAsync(call.Identity, resource, ns, name, manifest, new WriteOptions(), cancellationToken);
        }
        catch
        {
            await secrets.RollBackAsync();
            throw;
        }

        if (unused is not null)
        {
            await secrets.RemoveAsync(present, unused);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Kubernetes collects the Secret that the install owns; those of users stay.</remarks>
    public async Task DeleteAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        var resource = await CarvelKinds.PackageInstalls.FindServedAsync(call, cancellationToken);
        await call.Client.DeleteAsync(call.Identity, resource, package.Namespace, package.Name, new DeleteOptions("Background"), cancellationToken);
    }

    // While kapp-controller has not made the App yet, there is nothing to note.
    private static async Task<string> ReadNotesAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            var resource = await CarvelKinds.Apps.FindServedAsync(call, cancellationToken);
            return AppNotes.Read(await call.Client.GetAsync(call.Identity, resource, package.Namespace, package.Name, cancellationToken));
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.NotFound or KubernetesFailure.Forbidden)
        {
            return "";
        }
    }

    private static async Task TryDeleteAsync(GroupVersionResource resource, KubernetesObject created, PluginCall call)
    {
        try
        {
            await call.Client.DeleteAsync(
                call.Identity, resource, created.Namespace, created.Name, new DeleteOptions(PreconditionUid: created.Uid), CancellationToken.None);
        }
        catch (KubernetesException)
        {
            // What made the roll-back necessary is what the caller is told.
        }
    }
}
