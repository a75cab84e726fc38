using System.Globalization;

namespace Wego.Plugins.Charts;

/// <summary>What a format needs of a chart repository, in the terms of the plugin contract.</summary>
public static class ChartRepositoryExtensions
{
    /// <summary>Fetches the catalogue, or finds that the previous one is still current.</summary>
    /// <exception cref="ChartException">The repository could not be read.</exception>
    public static async Task<CatalogueRefresh> RefreshAsync(this IChartRepository repository, CatalogueValidators? previous, CancellationToken cancellationToken)
    {
        var last = previous is null ? null : ToSnapshot(previous);
        var read = await repository.RefreshAsync(last, cancellationToken);
        var isUnchanged = last is not null && read.Revision.Digest == last.Revision.Digest && ReferenceEquals(read.Catalogue, last.Catalogue);
        return isUnchanged
            ? new CatalogueRefresh(null, ToValidators(read) with { Known = previous!.Known }, null)
            : new CatalogueRefresh(read.Catalogue, ToValidators(read), WarningOf(read));
    }

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
