using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Flux;

namespace Wego.Flux.Tests;

/// <summary>For tests in which nothing may be fetched.</summary>
internal sealed class NoCatalogueSource : ICatalogueSource
{
    public Task<CatalogueRefresh> RefreshAsync(KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing may be fetched here.");

    public Task<PackageContent> FetchContentAsync(KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing may be fetched here.");
}
