namespace Wego.Plugins.Charts;

/// <summary>Downloads charts from registries.</summary>
internal sealed class OciChartLoader(ChartHttp http)
{
    /// <summary>The archive; its digest is checked, the one that the manifest tells included.</summary>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(OciReference reference, ChartConnection connection, ContentDigest? digest, CancellationToken cancellationToken) =>
        DownloadAsync(new OciRegistryClient(http, connection, reference.Registry), reference, digest, cancellationToken);

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(OciRegistryClient client, OciReference reference, ContentDigest? digest, CancellationToken cancellationToken)
    {
        var manifest = await client.GetChartManifestAsync(reference, cancellationToken)
            ?? throw new ChartException(ChartFailure.MalformedArchive, $"{reference} is no Helm chart.");
        var archive = await client.GetBlobAsync(reference.Path, manifest.Chart, http.Options.Archive.MaxPackedBytes, cancellationToken);
        ChartArchiveReader.Verify(archive, digest);
        return archive;
    }
}
