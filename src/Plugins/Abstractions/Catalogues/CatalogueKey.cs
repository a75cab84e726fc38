namespace Wego.Plugins;

/// <summary>
/// Where a package stands in a catalogue: name first, then id, both compared ordinally. A page is continued strictly after
/// the key of its last package, so that packages which come and go elsewhere neither repeat nor hide one.
/// </summary>
/// <param name="Name">The package's name.</param>
/// <param name="Id">The package's id.</param>
[GenerateSerializer, Immutable, Alias("wego.CatalogueKey")]
public readonly record struct CatalogueKey(string Name, string Id) : IComparable<CatalogueKey>
{
    /// <inheritdoc/>
    public int CompareTo(CatalogueKey other)
    {
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/>.</summary>
    public static bool operator <(CatalogueKey left, CatalogueKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/>.</summary>
    public static bool operator >(CatalogueKey left, CatalogueKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(CatalogueKey left, CatalogueKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(CatalogueKey left, CatalogueKey right) => left.CompareTo(right) >= 0;
}
