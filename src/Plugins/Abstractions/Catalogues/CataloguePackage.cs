using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>A package of a catalogue: the full record of its newest version, and the table of all its versions. Immutable.</summary>
public sealed class CataloguePackage
{
    /// <summary>The name, as the repository spells it; unique within the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The name as it appears in a reference after <c>repository/</c>: percent-encoded, so that it holds no further slash
    /// (<c>foo/bar</c> is <c>foo%2Fbar</c>).
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name to show; the name itself where the format has no other.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence on what the package is, or empty.</summary>
    public string ShortDescription { get; init; } = "";

    /// <summary>A longer description, for searches, or empty.</summary>
    public string LongDescription { get; init; } = "";

    /// <summary>The address of the icon, or empty.</summary>
    public string IconUrl { get; init; } = "";

    /// <summary>The project's home page, or empty.</summary>
    public string HomeUrl { get; init; } = "";

    /// <summary>Search words.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>The categories; never without an element, which may be the empty string.</summary>
    public ImmutableArray<string> Categories { get; init; } = [""];

    /// <summary>Where the sources are.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Who maintains it.</summary>
    public ImmutableArray<CatalogueMaintainer> Maintainers { get; init; } = [];

    /// <summary>Whether the newest version is marked as deprecated.</summary>
    public bool Deprecated { get; init; }

    /// <summary>All versions, the newest first; never empty.</summary>
    public required VersionTable Versions { get; init; }

    /// <summary>The newest version, which the other properties describe.</summary>
    public CatalogueVersion Newest => Versions[0];

    /// <summary>Where the package stands in its catalogue.</summary>
    public CatalogueKey Key => new(Name, Id);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Versions[0].Version}";
}
