using System.Net;

namespace Wego.Plugins.Charts;

/// <summary>A repository of charts on an HTTP server, described by its index.yaml.</summary>
internal sealed class HttpChartRepository(ChartHttp http, OciChartLoader oci, Uri url, ChartConnection connection) : IChartRepository
{
    public async Task<ChartSnapshot> RefreshAsync(ChartSnapshot? last, CancellationToken cancellationToken)
    {
        var address = ChartUrl.Index(url);
        var request = new ChartRequest(address)
        {
            Authorization = connection.Credentials?.Authorization,
            PassCredentials = connection.PassCredentials,
            Headers = Conditions(last?.Revision),
        };
        var (content, revision) = await http.ExchangeAsync(
            connection,
            request,
            (response, token) => ReadIndexAsync(response, address, last?.Revision, token),
            cancellationToken);
        if (last is not null && revision.Digest == last.Revision.Digest)
        {
            return last with { Revision = revision };
        }

        // A large index takes a second or two of computing, which must not hold up whoever asked (a grain's turn).
        var index = await Task.Run(() => ChartIndexParser.Parse(content, http.Options.Index, cancellationToken), cancellationToken);
        return new ChartSnapshot(index.Catalogue, revision, index.SkippedEntries, index.Problems);
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => RefreshAsync(null, cancellationToken);

    public async Task<PackageContent> LoadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken) =>
        await ChartArchiveReader.ReadAsync(await DownloadAsync(chart, version, cancellationToken), expected: null, http.Options.Archive, cancellationToken);

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken)
    {
        if (version.Urls.IsDefaultOrEmpty)
        {
            throw new ChartException(ChartFailure.NotFound, $"The repository {ChartUrl.Display(url)} lists no address for {chart} {version.Version}.");
        }

        var address = ChartUrl.Chart(url, version.Urls[0]);
        if (address.Scheme == "oci")
        {
            return await oci.DownloadAsync(OciReference.Parse(address), connection, version.Digest, cancellationToken);
        }

        var request = new ChartRequest(address)
        {
            Authorization = connection.Credentials?.Authorization,
            CredentialsOwner = url,
            PassCredentials = connection.PassCredentials,
        };
        var archive = await http.ExchangeAsync(
            connection,
            request,
            async (response, token) => response.Failure(address, http.Time) is { } failure
                ? throw failure
                : await response.ReadAsync(http.Options.Archive.MaxPackedBytes, $"The chart archive {ChartUrl.Display(address)}", unpack: false, token),
            cancellationToken);
        ChartArchiveReader.Verify(archive, version.Digest);
        return archive;
    }

    private async Task<(ReadOnlyMemory<byte> Content, ChartRevision Revision)> ReadIndexAsync(
        HttpResponseMessage response,
        Uri address,
        ChartRevision? last,
        CancellationToken cancellationToken)
    {
        if (last is not null && response.StatusCode == HttpStatusCode.NotModified)
        {
            return (default, last);
        }

        if (response.Failure(address, http.Time) is { } failure)
        {
            throw failure;
        }

        var content = await response.ReadAsync(http.Options.Index.MaxBytes, $"The repository index {ChartUrl.Display(address)}", unpack: true, cancellationToken);
        var lastModified = response.Content.Headers.TryGetValues("Last-Modified", out var values) ? values.FirstOrDefault() : null;
        return (content, new ChartRevision(ContentDigest.Compute(content.Span), response.Headers.ETag?.ToString(), lastModified));
    }

    private static List<KeyValuePair<string, string>> Conditions(ChartRevision? last)
    {
        List<KeyValuePair<string, string>> headers = [new("Accept-Encoding", "gzip")];
        if (last?.ETag is { } tag)
        {
            headers.Add(new("If-None-Match", tag));
        }

        if (last?.LastModified is { } time)
        {
            headers.Add(new("If-Modified-Since", time));
        }

        return headers;
    }
}
