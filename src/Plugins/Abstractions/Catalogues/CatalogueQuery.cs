using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>Which packages of a catalogue are wanted. Conditions are joined by AND; an empty one does not restrict.</summary>
[GenerateSerializer, Immutable, Alias("wego.CatalogueQuery")]
public sealed record CatalogueQuery
{
    /// <summary>Everything.</summary>
    public static CatalogueQuery All { get; } = new();

    /// <summary>Text that the package contains, without regard to case; <see cref="Matching"/> says where.</summary>
    [Id(0)]
    public string Text { get; init; } = "";

    /// <summary>Categories of which the package has at least one or all, as <see cref="Matching"/> says (equality, with regard to case).</summary>
    [Id(1)]
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>A package version.</summary>
    [Id(2)]
    public string PackageVersion { get; init; } = "";

    /// <summary>An application version.</summary>
    [Id(3)]
    public string AppVersion { get; init; } = "";

    /// <summary>Which versions of a package the two version conditions look at.</summary>
    [Id(4)]
    public CatalogueVersionScope VersionScope { get; init; }

    /// <summary>How text and categories are matched.</summary>
    [Id(5)]
    public CatalogueMatching Matching { get; init; } = CatalogueMatching.Default;

    /// <summary>Where to go on: only packages strictly after this key. Null starts at the beginning.</summary>
    [Id(6)]
    public CatalogueKey? After { get; init; }

    /// <summary>The most packages to return; 0 means all.</summary>
    [Id(7)]
    public int Limit { get; init; }
}
