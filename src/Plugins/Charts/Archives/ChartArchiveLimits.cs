namespace Wego.Plugins.Charts;

/// <summary>How much of a chart archive is accepted.</summary>
public sealed record ChartArchiveLimits
{
    /// <summary>Room for every chart that Helm itself accepts.</summary>
    public static ChartArchiveLimits Default { get; } = new();

    /// <summary>The size in bytes, packed.</summary>
    public long MaxPackedBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>The size in bytes, unpacked.</summary>
    public long MaxUnpackedBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>The size in bytes of each of the files that are kept.</summary>
    public long MaxFileBytes { get; init; } = 5L * 1024 * 1024;

    /// <summary>The number of files and folders.</summary>
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>The number of segments of a path.</summary>
    public int MaxDepth { get; init; } = 32;
}
