using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>
/// What a package repository offers. Immutable and safe for use by many threads, compact enough to be held in memory for as
/// long as the repository exists: one full record per package, one row per further version, equal strings shared.
/// </summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, CataloguePackage> _byName;
    private readonly FrozenDictionary<string, CataloguePackage> _byId;
    private readonly ILookup<string, CataloguePackage> _nested;

    private Catalogue(ImmutableArray<CataloguePackage> packages)
    {
        Packages = packages;
        Categories = [.. packages.SelectMany(p => p.Categories).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        VersionCount = packages.Sum(p => p.Versions.Count);
        _byName = packages.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        _byId = packages.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _nested = packages.Where(p => p.Name.Contains('/', StringComparison.Ordinal)).ToLookup(p => LastSegment(p.Name), StringComparer.Ordinal);
    }

    /// <summary>A catalogue without packages.</summary>
    public static Catalogue Empty { get; } = new([]);

    /// <summary>All packages, ordered by name, then id.</summary>
    public ImmutableArray<CataloguePackage> Packages { get; }

    /// <summary>Every category of the catalogue, once, in ordinal order; the empty string is one where a package has none.</summary>
    public ImmutableArray<string> Categories { get; }

    /// <summary>How many versions all packages have together.</summary>
    public int VersionCount { get; }

    /// <summary>Makes a catalogue of packages in any order.</summary>
    /// <exception cref="ArgumentException">Two packages have the same name or the same id.</exception>
    public static Catalogue Create(IEnumerable<CataloguePackage> packages)
    {
        var sorted = packages.ToArray();
        Array.Sort(sorted, static (left, right) => left.Key.CompareTo(right.Key));
        return sorted.Length == 0 ? Empty : new Catalogue(ImmutableArray.Create(sorted));
    }

    /// <summary>The package of that name, or null.</summary>
    public CataloguePackage? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The packages whose name, after its last slash, is this one: in registries a chart's name is the end of a path.</summary>
    public IEnumerable<CataloguePackage> FindByLastSegment(string name) => Find(name) is { } found ? _nested[name].Prepend(found) : _nested[name];

    /// <summary>The package of that id (see <see cref="CataloguePackage.Id"/>), or null.</summary>
    public CataloguePackage? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The versions of the package of that name, newest first; empty where there is no such package.</summary>
    public VersionTable Versions(string name) => Find(name)?.Versions ?? VersionTable.Empty;

    /// <summary>Finds the packages that match, in order, from where the last page ended.</summary>
    public CataloguePage Search(CatalogueQuery query)
    {
        var matcher = new CatalogueMatcher(query);
        var found = ImmutableArray.CreateBuilder<CataloguePackage>();
        for (var i = query.After is { } after ? IndexAfter(after) : 0; i < Packages.Length; i++)
        {
            if (!matcher.IsMatch(Packages[i]))
            {
                continue;
            }

            if (query.Limit > 0 && found.Count == query.Limit)
            {
                return new CataloguePage(found.DrainToImmutable(), HasMore: true);
            }

            found.Add(Packages[i]);
        }

        return new CataloguePage(found.DrainToImmutable(), HasMore: false);
    }

    private static string LastSegment(string name) => name[(name.LastIndexOf('/') + 1)..];

    private int IndexAfter(CatalogueKey key)
    {
        var (low, high) = (0, Packages.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Packages[middle].Key <= key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
