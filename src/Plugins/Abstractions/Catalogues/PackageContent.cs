using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>What the archive of one version of a package says, beyond the catalogue. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("wego.PackageContent")]
public sealed record PackageContent
{
    /// <summary>The package's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The package's version.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>The version of what it installs, or empty.</summary>
    [Id(2)]
    public string AppVersion { get; init; } = "";

    /// <summary>One sentence on what it is, or empty.</summary>
    [Id(3)]
    public string ShortDescription { get; init; } = "";

    /// <summary>A longer description, or empty.</summary>
    [Id(4)]
    public string LongDescription { get; init; } = "";

    /// <summary>The address of the icon, or empty.</summary>
    [Id(5)]
    public string IconUrl { get; init; } = "";

    /// <summary>The project's home page, or empty.</summary>
    [Id(6)]
    public string HomeUrl { get; init; } = "";

    /// <summary>Where the sources are.</summary>
    [Id(7)]
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Who maintains it.</summary>
    [Id(8)]
    public ImmutableArray<CatalogueMaintainer> Maintainers { get; init; } = [];

    /// <summary>The categories; never without an element, which may be the empty string.</summary>
    [Id(9)]
    public ImmutableArray<string> Categories { get; init; } = [""];

    /// <summary>The README in Markdown, or empty.</summary>
    [Id(10)]
    public string Readme { get; init; } = "";

    /// <summary>The default values as their author wrote them, or empty.</summary>
    [Id(11)]
    public string DefaultValues { get; init; } = "";

    /// <summary>Further value files by name, without their extension (<c>values-production</c>).</summary>
    [Id(12)]
    public ImmutableSortedDictionary<string, string> AdditionalDefaultValues { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The JSON schema of the values: valid JSON, or empty.</summary>
    [Id(13)]
    public string ValuesSchema { get; init; } = "";

    /// <summary>Names of the packages that this one brings along.</summary>
    [Id(14)]
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>What was wrong with the archive without making it useless, in words for its author.</summary>
    [Id(15)]
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>About how many bytes of memory this content takes.</summary>
    public long SizeInBytes =>
        512 + (2L * (Readme.Length + DefaultValues.Length + ValuesSchema.Length + ShortDescription.Length + LongDescription.Length + IconUrl.Length
            + AdditionalDefaultValues.Sum(v => v.Key.Length + v.Value.Length)));
}
