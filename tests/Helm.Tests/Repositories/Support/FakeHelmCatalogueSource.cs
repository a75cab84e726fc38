using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>For tests in which nothing may be fetched; what is to be validated is good, bad, or nothing (<paramref name="reachable"/> is null).</summary>
internal sealed class FakeHelmCatalogueSource(bool? reachable) : IHelmCatalogueSource
{
    public Task<CatalogueRefresh> RefreshAsync(KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing may be fetched here.");

    public Task<PackageContent> FetchContentAsync(KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing may be fetched here.");

    public Task<ImmutableArray<PackageMetadata>> FetchMetadataAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing may be fetched here.");

    public async Task ProbeAsync(KubernetesObject repository, Func<Task<ChartConnection>> connect, CancellationToken cancellationToken)
    {
        await connect();
        if (reachable is not true)
        {
            throw reachable is null
                ? new InvalidOperationException("Nothing may be validated here.")
                : new PackageException(PackageErrorCode.FailedPrecondition, $"{repository.Text("spec", "url")} is no repository.");
        }
    }
}
