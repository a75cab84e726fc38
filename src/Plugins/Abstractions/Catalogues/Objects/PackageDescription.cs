using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>What lists and searches need to know of a package.</summary>
[GenerateSerializer, Immutable, Alias("wego.PackageDescription")]
public sealed record PackageDescription
{
    /// <summary>The name to show.</summary>
    [Id(0)]
    public required string DisplayName { get; init; }

    /// <summary>One sentence, or empty.</summary>
    [Id(1)]
    public string ShortDescription { get; init; } = "";

    /// <summary>The whole description, to be searched, or empty.</summary>
    [Id(2)]
    public string LongDescription { get; init; } = "";

    /// <summary>The icon's address, or empty.</summary>
    [Id(3)]
    public string IconUrl { get; init; } = "";

    /// <summary>The categories.</summary>
    [Id(4)]
    public ImmutableArray<string> Categories { get; init; } = [];
}
