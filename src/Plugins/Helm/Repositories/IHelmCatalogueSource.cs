using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Reads the remote side of an <c>AppRepository</c>.</summary>
internal interface IHelmCatalogueSource
{
    /// <summary>Fetches the catalogue, or finds that the previous one is still current.</summary>
    Task<CatalogueRefresh> RefreshAsync(KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Fetches the archive of one version of a chart and reads it.</summary>
    Task<PackageContent> FetchContentAsync(KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken);

    /// <summary>What the registry keeps beside one version of a chart.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.Unimplemented"/>: the repository is no registry.</exception>
    Task<ImmutableArray<PackageMetadata>> FetchMetadataAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Makes sure that the repository can be used as it is going to be.</summary>
    /// <param name="repository">The repository, which does not exist yet.</param>
    /// <param name="connect">How to reach it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: it cannot, and why.</exception>
    Task ProbeAsync(KubernetesObject repository, Func<Task<ChartConnection>> connect, CancellationToken cancellationToken);
}
