namespace Wego.Plugins;

/// <summary>Everything that is known of a repository, credentials redacted.</summary>
[GenerateSerializer, Immutable, Alias("wego.RepositoryDetail")]
public sealed record RepositoryDetail
{
    /// <summary>The part that lists show.</summary>
    [Id(0)]
    public required RepositorySummary Summary { get; init; }

    /// <summary>How often it is refreshed, as Go writes durations.</summary>
    [Id(1)]
    public string Interval { get; init; } = "";

    /// <summary>TLS settings, or null.</summary>
    [Id(2)]
    public RepositoryTls? Tls { get; init; }

    /// <summary>Credentials, redacted, or null.</summary>
    [Id(3)]
    public RepositoryAuth? Auth { get; init; }

    /// <summary>Fields that only this format has, or null.</summary>
    [Id(4)]
    public CustomDetail? CustomDetail { get; init; }
}
