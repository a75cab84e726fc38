namespace Wego.Plugins;

/// <summary>What a repository is to become. Fields that are absent are cleared, except where the format says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("wego.UpdateRepository")]
public sealed record UpdateRepository
{
    /// <summary>Which repository.</summary>
    [Id(0)]
    public required RepositoryRef Ref { get; init; }

    /// <summary>The address.</summary>
    [Id(1)]
    public string Url { get; init; } = "";

    /// <summary>The description, or empty.</summary>
    [Id(2)]
    public string Description { get; init; } = "";

    /// <summary>How often to refresh, as Go writes durations; empty for the default.</summary>
    [Id(3)]
    public string Interval { get; init; } = "";

    /// <summary>TLS settings, or null.</summary>
    [Id(4)]
    public RepositoryTls? Tls { get; init; }

    /// <summary>Credentials, or null.</summary>
    [Id(5)]
    public RepositoryAuth? Auth { get; init; }

    /// <summary>Fields that only one format has, or null.</summary>
    [Id(6)]
    public CustomDetail? CustomDetail { get; init; }
}
