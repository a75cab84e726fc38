namespace Wego.Plugins.Helm;

/// <summary>Where the operations get charts from.</summary>
internal interface IChartArchiveSource
{
    /// <summary>
    /// Downloads the archive of an exact version, with the caller's rights to the repository and its Secrets and with the
    /// repository's proxy and certificates. A digest in <paramref name="archive"/> is verified.
    /// </summary>
    /// <param name="archive">What to download, as the repository's catalogue knows it.</param>
    /// <param name="call">The cluster that has the repository, and the caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PackageException">The archive could not be had. Nothing of a Secret is in the message.</exception>
    Task<ChartArchive> FetchAsync(PackageArchive archive, PluginCall call, CancellationToken cancellationToken);
}
