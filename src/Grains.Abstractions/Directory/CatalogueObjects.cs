using System.Collections.Immutable;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>The objects that the catalogue of one repository is made of.</summary>
/// <param name="Revision">Changes whenever they do; empty where the repository has none.</param>
/// <param name="Packages">Its packages, in no order; null where they are as of the revision that the asker knows.</param>
/// <param name="StaleSince">Since when they can no longer be kept current, or null.</param>
[GenerateSerializer, Immutable, Alias("wego.CatalogueObjects")]
public sealed record CatalogueObjects(string Revision, ImmutableArray<PackageObjects>? Packages, DateTimeOffset? StaleSince);
