namespace Wego.Plugins.Charts;

/// <summary>Limits and defaults for all chart repositories.</summary>
public sealed record ChartRepositoryOptions
{
    /// <summary>The defaults.</summary>
    public static ChartRepositoryOptions Default { get; } = new();

    /// <summary>What to accept of an index.</summary>
    public ChartIndexLimits Index { get; init; } = ChartIndexLimits.Default;

    /// <summary>What to accept of an archive.</summary>
    public ChartArchiveLimits Archive { get; init; } = ChartArchiveLimits.Default;

    /// <summary>How long one exchange may take, its content included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many redirects to follow.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>How many requests one refresh of an OCI registry has under way at a time.</summary>
    public int OciParallelism { get; init; } = 4;

    /// <summary>How many charts to list from one OCI registry.</summary>
    public int OciMaxCharts { get; init; } = 2_000;

    /// <summary>Where Docker Hub lists repositories; its registry cannot.</summary>
    public Uri DockerHub { get; init; } = new("https://hub.docker.com/");

    /// <summary>How many bytes a registry's answer other than an archive may have.</summary>
    public long OciMaxAnswerBytes { get; init; } = 8L * 1024 * 1024;
}
