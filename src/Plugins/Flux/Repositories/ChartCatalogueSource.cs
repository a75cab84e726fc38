using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Reads catalogues and charts from where a <c>HelmRepository</c> points, with what its Secrets hold.</summary>
/// <param name="repositories">Opens the remote side.</param>
internal sealed class ChartCatalogueSource(ChartRepositoryFactory repositories) : ICatalogueSource
{
    public Task<CatalogueRefresh> RefreshAsync(
        KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken) =>
        WithAsync(repository, call, remote => remote.RefreshAsync(previous, cancellationToken), cancellationToken);

    public Task<PackageContent> FetchContentAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken)
    {
        var row = package.Versions.Find(version)
            ?? throw new PackageException(PackageErrorCode.NotFound, $"The package {package.Name} of repository {repository.Namespace}/{repository.Name} has no version {version}.");
        return WithAsync(repository, call, remote => remote.LoadAsync(package.Name, row, cancellationToken), cancellationToken);
    }

    private async Task<T> WithAsync<T>(KubernetesObject repository, PluginCall call, Func<IChartRepository, Task<T>> read, CancellationToken cancellationToken)
    {
        var url = repository.Text("spec", "url");
        try
        {
            return await read(repositories.Open(url, await RepositoryConnection.ReadAsync(repository, call, cancellationToken)));
        }
        catch (ChartException e)
        {
            throw ChartErrors.Translate(e, $"{repository.Namespace}/{repository.Name}", url, ProviderHint(repository));
        }
    }

    private static string ProviderHint(KubernetesObject repository) =>
        repository.Text("spec", "provider") is { Length: > 0 } provider and not FluxProvider.Generic
            ? $" Flux logs in as a workload of {provider} here; Wego cannot, so the catalogue needs a Secret, or to be public."
            : "";
}
