using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Finds out, with the caller's rights, where Helm keeps a release and what state it is in.</summary>
internal sealed class ReleaseFinder(IOptions<HelmOptions> options)
{
    private readonly IReadOnlyList<HelmStorage> _storages = options.Value.StoragesOrDefault;

    /// <summary>The storage of new releases.</summary>
    public HelmStorage Default => _storages[0];

    /// <summary>The release, or null where there is none.</summary>
    public async Task<FoundRelease?> FindAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        FoundRelease? found = null;
        foreach (var storage in _storages)
        {
            foreach (var obj in await ListAsync(storage, package, call, metadataOnly: true, cancellationToken))
            {
                if (StoredReleaseObject.ReadLabels(obj) is { } stored && stored.Revision > (found?.Revision ?? 0))
                {
                    found = new FoundRelease(storage, stored.Revision, stored.Status);
                }
            }
        }

        return found;
    }

    /// <summary>The release.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/>: there is none.</exception>
    public async Task<FoundRelease> RequireAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken) =>
        await FindAsync(package, call, cancellationToken) ?? throw Missing(package);

    /// <summary>The objects of the release's revisions.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/>: there is none.</exception>
    public async Task<IReadOnlyList<KubernetesObject>> ReadAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        var objects = new List<KubernetesObject>();
        foreach (var storage in _storages)
        {
            objects.AddRange(await ListAsync(storage, package, call, metadataOnly: false, cancellationToken));
        }

        return objects.Count > 0 ? objects : throw Missing(package);
    }

    private async Task<IEnumerable<KubernetesObject>> ListAsync(
        HelmStorage storage, InstalledPackageRef package, PluginCall call, bool metadataOnly, CancellationToken cancellationToken)
    {
        var selection = new ListOptions(LabelSelector: StoredReleaseObject.SelectorOf(package.Name), MetadataOnly: metadataOnly);
        try
        {
            return (await call.Client.ListAsync(call.Identity, storage.Resource(), package.Namespace, selection, cancellationToken)).Items;
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.Forbidden && storage != Default)
        {
            // Who may not look there keeps no releases there.
            return [];
        }
    }

    private static PackageException Missing(InstalledPackageRef package) =>
        new(PackageErrorCode.NotFound, $"There is no Helm release '{package.Name}' in namespace '{package.Namespace}'.");
}
