namespace Wego.Plugins;

/// <summary>What the index keeps of a repository.</summary>
[GenerateSerializer, Immutable, Alias("wego.RepositorySummary")]
public sealed record RepositorySummary
{
    /// <summary>Which repository.</summary>
    [Id(0)]
    public required RepositoryRef Ref { get; init; }

    /// <summary>The description, or empty.</summary>
    [Id(1)]
    public string Description { get; init; } = "";

    /// <summary>Whether only its own namespace uses it.</summary>
    [Id(2)]
    public bool NamespaceScoped { get; init; }

    /// <summary>The type, for example <c>helm</c> or <c>oci</c>.</summary>
    [Id(3)]
    public required string Type { get; init; }

    /// <summary>The address.</summary>
    [Id(4)]
    public required string Url { get; init; }

    /// <summary>The state as the cluster tells it.</summary>
    [Id(5)]
    public required RepositoryStatus Status { get; init; }

    /// <summary>Whether it needs credentials.</summary>
    [Id(6)]
    public bool RequiresAuth { get; init; }
}
