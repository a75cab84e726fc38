using System.Collections.Immutable;

namespace Wego.Grains;

/// <summary>A part of a repository's catalogue.</summary>
/// <param name="Packages">The packages found, by name.</param>
/// <param name="HasMore">Whether more match after the last one.</param>
/// <param name="Categories">All categories of the catalogue.</param>
/// <param name="State">How current the catalogue is.</param>
[GenerateSerializer, Immutable, Alias("wego.CatalogueSlice")]
public sealed record CatalogueSlice(
    ImmutableArray<AvailablePackageSummary> Packages,
    bool HasMore,
    ImmutableArray<string> Categories,
    CatalogueState State);
