using System.Globalization;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Reads catalogues and charts from where a <c>HelmRepository</c> points, with what its Secrets hold.</summary>
/// <param name="repositories">Opens the remote side.</param>
internal sealed class ChartCatalogueSource(ChartRepositoryFactory repositories) : ICatalogueSource
{
    public async Task<CatalogueRefresh> RefreshAsync(
        KubernetesObject repository, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            var remote = await OpenAsync(repository, call, cancellationToken);
            var last = previous is null ? null : ToSnapshot(previous);
            var read = await remote.RefreshAsync(last, cancellationToken);
            var isUnchanged = last is not null && read.Revision.Digest == last.Revision.Digest && ReferenceEquals(read.Catalogue, last.Catalogue);
            return isUnchanged
                ? new CatalogueRefresh(null, ToValidators(read) with { Known = previous!.Known }, null)
                : new CatalogueRefresh(read.Catalogue, ToValidators(read), WarningOf(read));
        }
        catch (ChartException e)
        {
            throw ChartErrors.Translate(e, repository);
        }
    }

    public async Task<PackageContent> FetchContentAsync(
        KubernetesObject repository, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken)
    {
        var row = package.Versions.Find(version)
            ?? throw new PackageException(PackageErrorCode.NotFound, $"The package {package.Name} of repository {repository.Namespace}/{repository.Name} has no version {version}.");
        try
        {
            var remote = await OpenAsync(repository, call, cancellationToken);
            return await remote.LoadAsync(package.Name, row, cancellationToken);
        }
        catch (ChartException e)
        {
            throw ChartErrors.Translate(e, repository);
        }
    }

    private async Task<IChartRepository> OpenAsync(KubernetesObject repository, PluginCall call, CancellationToken cancellationToken) =>
        repositories.Open(repository.Text("spec", "url"), await RepositoryConnection.ReadAsync(repository, call, cancellationToken));

    private static ChartSnapshot ToSnapshot(CatalogueValidators validators)
    {
        // Without a digest nothing counts as unchanged, but what is known may still be reused in part.
        _ = ContentDigest.TryParse(validators.Digest, out var digest);
        return new ChartSnapshot(
            validators.Known ?? Catalogue.Empty,
            new ChartRevision(digest, validators.ETag, validators.LastModified?.ToString("R", CultureInfo.InvariantCulture)),
            Skipped: 0,
            Problems: []);
    }

    // The charts of a registry that could not be read are tried again each time: they may have been a matter of a moment.
    private static CatalogueValidators ToValidators(ChartSnapshot read) => new(
        read.Revision.ETag,
        DateTimeOffset.TryParse(read.Revision.LastModified, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
        read is { Skipped: > 0, Revision: { ETag: null, LastModified: null } } ? "" : read.Revision.Digest.ToString(),
        read.Catalogue);

    private static string? WarningOf(ChartSnapshot read) => read.Skipped == 0 ? null
        : string.Create(CultureInfo.InvariantCulture, $"{read.Skipped} broken entries were skipped; first: {string.Join("; ", read.Problems.Take(3))}");
}
