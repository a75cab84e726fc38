namespace Wego.Plugins;

/// <summary>A repository to add.</summary>
[GenerateSerializer, Immutable, Alias("wego.AddRepository")]
public sealed record AddRepository
{
    /// <summary>What it is to be called and where.</summary>
    [Id(0)]
    public required RepositoryRef Ref { get; init; }

    /// <summary>The description, or empty.</summary>
    [Id(1)]
    public string Description { get; init; } = "";

    /// <summary>Whether only its own namespace uses it.</summary>
    [Id(2)]
    public bool NamespaceScoped { get; init; }

    /// <summary>The type.</summary>
    [Id(3)]
    public string Type { get; init; } = "";

    /// <summary>The address.</summary>
    [Id(4)]
    public string Url { get; init; } = "";

    /// <summary>How often to refresh, as Go writes durations; empty for the default.</summary>
    [Id(5)]
    public string Interval { get; init; } = "";

    /// <summary>TLS settings, or null.</summary>
    [Id(6)]
    public RepositoryTls? Tls { get; init; }

    /// <summary>Credentials, or null.</summary>
    [Id(7)]
    public RepositoryAuth? Auth { get; init; }

    /// <summary>Fields that only one format has, or null.</summary>
    [Id(8)]
    public CustomDetail? CustomDetail { get; init; }
}
