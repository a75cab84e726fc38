using System.Collections.Immutable;

namespace Wego.Clustering;

/// <summary>All that is known of a cluster at one moment.</summary>
/// <param name="Version">Counted up by its members with every change but a sign of life.</param>
/// <param name="Rows">One row for each silo, in the order in which they came.</param>
/// <param name="Etag">Of which state of the object this was read; empty where there is no object. Opaque.</param>
public sealed record SiloTable(int Version, ImmutableArray<SiloRow> Rows, string Etag)
{
    /// <summary>The row of a silo, or null.</summary>
    public SiloRow? Find(SiloKey silo) => Rows.FirstOrDefault(r => r.Key == silo);
}
