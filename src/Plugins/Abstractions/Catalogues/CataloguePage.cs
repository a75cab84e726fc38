using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>A page of a search.</summary>
/// <param name="Packages">The packages, in the order of their keys.</param>
/// <param name="HasMore">Whether further packages match after the last of this page.</param>
public sealed record CataloguePage(ImmutableArray<CataloguePackage> Packages, bool HasMore);
