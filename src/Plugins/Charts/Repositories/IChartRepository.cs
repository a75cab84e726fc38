namespace Wego.Plugins.Charts;

/// <summary>A repository of Helm charts. Safe for use by many threads.</summary>
public interface IChartRepository
{
    /// <summary>Reads what the repository offers, if that has changed.</summary>
    /// <param name="last">What was read last, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A new snapshot; with the very catalogue of <paramref name="last"/> where nothing has changed.</returns>
    /// <exception cref="ChartException">The repository could not be read; <paramref name="last"/> stays good.</exception>
    Task<ChartSnapshot> RefreshAsync(ChartSnapshot? last, CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that the repository is there and offers charts, without reading more of it than that takes: for a registry
    /// the newest version of each chart that was named, or that it lists its charts.
    /// </summary>
    /// <exception cref="ChartException">It cannot be used, and why.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Downloads the archive of a version of a chart as it is stored. The digest is checked where the repository names one.</summary>
    /// <param name="chart">The chart's name.</param>
    /// <param name="version">The version, from the repository's catalogue.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">The archive could not be had.</exception>
    Task<ReadOnlyMemory<byte>> DownloadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken);

    /// <summary>Downloads a version of a chart and reads its content. The digest is checked where the repository names one.</summary>
    /// <param name="chart">The chart's name.</param>
    /// <param name="version">The version, from the repository's catalogue.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">The archive could not be had or is not acceptable.</exception>
    Task<PackageContent> LoadAsync(string chart, CatalogueVersion version, CancellationToken cancellationToken);
}
