namespace Wego.Plugins;

/// <summary>How packages are matched against a query; formats differ.</summary>
[GenerateSerializer, Immutable, Alias("wego.CatalogueMatching")]
public sealed record CatalogueMatching
{
    /// <summary>One category of those wanted will do, and text may stand in the name, a description, a keyword, a source or the name of a maintainer.</summary>
    public static CatalogueMatching Default { get; } = new();

    /// <summary>Whether a package must have all categories that are wanted.</summary>
    [Id(0)]
    public bool AllCategories { get; init; }

    /// <summary>Whether text is looked for in the display name and the descriptions alone.</summary>
    [Id(1)]
    public bool DescriptionsOnly { get; init; }
}
