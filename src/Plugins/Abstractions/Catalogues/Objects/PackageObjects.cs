using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>All objects of one package.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Description">Its description, or null where there is none.</param>
/// <param name="Versions">Its versions, in no order; none where there are none.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageObjects")]
public sealed record PackageObjects(string Name, CatalogueObject? Description, ImmutableArray<CatalogueObject> Versions);
