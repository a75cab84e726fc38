using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>What the archive of one version of a package says, beyond the catalogue. Immutable.</summary>
public sealed record PackageContent
{
    /// <summary>The package's name.</summary>
    public required string Name { get; init; }

    /// <summary>The package's version.</summary>
    public required string Version { get; init; }

    /// <summary>The version of what it installs, or empty.</summary>
    public string AppVersion { get; init; } = "";

    /// <summary>One sentence on what it is, or empty.</summary>
    public string ShortDescription { get; init; } = "";

    /// <summary>A longer description, or empty.</summary>
    public string LongDescription { get; init; } = "";

    /// <summary>The address of the icon, or empty.</summary>
    public string IconUrl { get; init; } = "";

    /// <summary>The project's home page, or empty.</summary>
    public string HomeUrl { get; init; } = "";

    /// <summary>Where the sources are.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Who maintains it.</summary>
    public ImmutableArray<CatalogueMaintainer> Maintainers { get; init; } = [];

    /// <summary>The categories; never without an element, which may be the empty string.</summary>
    public ImmutableArray<string> Categories { get; init; } = [""];

    /// <summary>The README in Markdown, or empty.</summary>
    public string Readme { get; init; } = "";

    /// <summary>The default values as their author wrote them, or empty.</summary>
    public string DefaultValues { get; init; } = "";

    /// <summary>Further value files by name, without their extension (<c>values-production</c>).</summary>
    public ImmutableSortedDictionary<string, string> AdditionalDefaultValues { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The JSON schema of the values: valid JSON, or empty.</summary>
    public string ValuesSchema { get; init; } = "";

    /// <summary>Names of the packages that this one brings along.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>What was wrong with the archive without making it useless, in words for its author.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>About how many bytes of memory this content takes.</summary>
    public long SizeInBytes =>
        512 + (2L * (Readme.Length + DefaultValues.Length + ValuesSchema.Length + ShortDescription.Length + LongDescription.Length + IconUrl.Length
            + AdditionalDefaultValues.Sum(v => v.Key.Length + v.Value.Length)));
}
