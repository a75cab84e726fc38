namespace Wego.Plugins.Charts;

/// <summary>How much of a repository index is accepted; more is an error, not a shorter catalogue.</summary>
public sealed record ChartIndexLimits
{
    /// <summary>Room for the largest public repositories several times over.</summary>
    public static ChartIndexLimits Default { get; } = new();

    /// <summary>The size in bytes, unpacked.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The number of charts.</summary>
    public int MaxCharts { get; init; } = 50_000;

    /// <summary>The number of versions of all charts.</summary>
    public int MaxVersions { get; init; } = 1_000_000;

    /// <summary>How deep values may be nested.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How many broken entries are described; more are only counted.</summary>
    public int MaxProblems { get; init; } = 10;
}
