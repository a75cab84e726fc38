namespace Wego.Grains;

/// <summary>How grains watch, refresh and cache. Section <c>Wego:Grains</c>.</summary>
public sealed class GrainOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Grains";

    /// <summary>The first delay after a failure; doubled up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay after failures in a row.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two refreshes of a repository that nobody asked for.</summary>
    public TimeSpan MinRefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one refresh may take.</summary>
    public TimeSpan RefreshTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the watch of a resource stays after its last subscriber left.</summary>
    public TimeSpan ResourceWatchLinger { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The memory for contents of package archives, in bytes.</summary>
    public long ContentCacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The most resources of one package that are watched at a time.</summary>
    public int MaxWatchedResources { get; set; } = 500;
}
