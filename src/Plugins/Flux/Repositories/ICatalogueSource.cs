using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Reads the remote side of a <c>HelmRepository</c>.</summary>
internal interface ICatalogueSource
{
    /// <summary>Fetches the catalogue, or finds that the previous one is still current.</summary>
    Task<CatalogueRefresh> RefreshAsync(KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken);

    /// <summary>Fetches the archive of one version of a chart.</summary>
    Task<PackageContent> FetchContentAsync(KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken);
}
