namespace Wego.Plugins;

/// <summary>How the packages of a format are searched.</summary>
/// <param name="Versions">Which versions of a package conditions on versions look at.</param>
/// <param name="ByRepositoryName">Whether a text that is part of a repository's name finds all its packages.</param>
public sealed record CatalogueSearch(CatalogueVersionScope Versions, bool ByRepositoryName)
{
    /// <summary>The newest versions, and packages for what is said of themselves.</summary>
    public static CatalogueSearch Default { get; } = new(CatalogueVersionScope.Newest, ByRepositoryName: false);
}
