using System.Collections.Immutable;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Reads catalogues and charts from where an <c>AppRepository</c> points, with what its Secrets hold.</summary>
/// <param name="repositories">Opens the remote side.</param>
internal sealed class HelmCatalogueSource(ChartRepositoryFactory repositories) : IHelmCatalogueSource
{
    public async Task<CatalogueRefresh> RefreshAsync(
        KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken)
    {
        // First, since nothing needs to be fetched for a filter that is none. What is known keeps all charts: their tags are compared.
        var filter = ChartFilter.Of(repository);
        var refresh = await WithAsync(repository, call, remote => remote.RefreshAsync(previous, cancellationToken), cancellationToken);
        return filter?.Apply(refresh, repository, cancellationToken) ?? refresh;
    }

    public Task<PackageContent> FetchContentAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken)
    {
        var row = Find(repository, package, version);
        return WithAsync(repository, call, remote => remote.LoadAsync(package.Name, row, cancellationToken), cancellationToken);
    }

    public async Task<ImmutableArray<PackageMetadata>> FetchMetadataAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken)
    {
        if (AppRepositories.TypeOf(repository) != AppRepositories.OciType)
        {
            throw new PackageException(
                PackageErrorCode.Unimplemented,
                $"Repository {repository.Namespace}/{repository.Name} is no registry; registries alone keep something beside charts.");
        }

        var row = Find(repository, package, version);
        try
        {
            var connection = await AppRepositoryConnection.ReadAsync(repository, call, cancellationToken);
            var registry = repositories.OpenRegistry(AppRepositoryUrl.Read(repository).Url, connection);
            var referrers = await registry.ListReferrersAsync(package.Name, row, cancellationToken);
            return [.. referrers.Select(r => new PackageMetadata(r.Name, r.Description, r.MediaType, r.ArtifactType, r.Digest))];
        }
        catch (ChartException e)
        {
            throw Translate(e, repository);
        }
    }

    public async Task ProbeAsync(KubernetesObject repository, Func<Task<ChartConnection>> connect, CancellationToken cancellationToken)
    {
        try
        {
            await Open(repository, await connect()).ProbeAsync(cancellationToken);
        }
        catch (ChartException e)
        {
            var problem = Translate(e, repository);
            throw new PackageException(PackageErrorCode.FailedPrecondition, problem.Message, e) { RetryAfter = problem.RetryAfter };
        }
    }

    private async Task<T> WithAsync<T>(KubernetesObject repository, PluginCall call, Func<IChartRepository, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(Open(repository, await AppRepositoryConnection.ReadAsync(repository, call, cancellationToken)));
        }
        catch (ChartException e)
        {
            throw Translate(e, repository);
        }
    }

    private static CatalogueVersion Find(KubernetesObject repository, CataloguePackage package, string version) =>
        package.Versions.Find(version)
        ?? throw new PackageException(PackageErrorCode.NotFound, $"The package {package.Name} of repository {repository.Namespace}/{repository.Name} has no version {version}.");

    private IChartRepository Open(KubernetesObject repository, ChartConnection connection) =>
        repositories.Open(AppRepositoryUrl.Read(repository).Url, connection, NamesOf(repository));

    private static ImmutableArray<string> NamesOf(KubernetesObject repository) =>
        [.. repository.Spec.Child("ociRepositories").Items().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!.Trim('/')).Where(n => n.Length > 0)];

    private static PackageException Translate(ChartException e, KubernetesObject repository) =>
        ChartErrors.Translate(e, $"{repository.Namespace}/{repository.Name}", repository.Text("spec", "url"));
}
