namespace Wego.Plugins.Charts;

/// <summary>Downloads charts from registries.</summary>
internal sealed class OciChartLoader(ChartHttp http)
{
    public Task<PackageContent> LoadAsync(OciReference reference, ChartConnection connection, ContentDigest? digest, CancellationToken cancellationToken) =>
        LoadAsync(new OciRegistryClient(http, connection, reference.Registry), reference, digest, cancellationToken);

    public async Task<PackageContent> LoadAsync(OciRegistryClient client, OciReference reference, ContentDigest? digest, CancellationToken cancellationToken)
    {
        var manifest = await client.GetChartManifestAsync(reference, cancellationToken)
            ?? throw new ChartException(ChartFailure.MalformedArchive, $"{reference} is no Helm chart.");
        var archive = await client.GetBlobAsync(reference.Path, manifest.Chart, http.Options.Archive.MaxPackedBytes, cancellationToken);
        return await ChartArchiveReader.ReadAsync(archive, digest, http.Options.Archive, cancellationToken);
    }
}
