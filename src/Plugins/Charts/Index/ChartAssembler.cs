using System.Runtime.InteropServices;

namespace Wego.Plugins.Charts;

/// <summary>Makes a package of the entries of one chart. Used again for the next chart.</summary>
internal sealed class ChartAssembler(StringPool strings)
{
    private readonly VersionTableBuilder _table = new(strings);
    private readonly List<SemanticVersion?> _versions = [];
    private ChartEntry _first = new();
    private ChartEntry _newest = new();
    private SemanticVersion? _newestVersion;
    private ChartEntry _next = new();

    /// <summary>Where to read the next entry into.</summary>
    public ChartEntry Next => _next;

    /// <summary>How many entries were added.</summary>
    public int Count => _versions.Count;

    public void Clear()
    {
        _table.Clear();
        _versions.Clear();
        _newestVersion = null;
    }

    /// <summary>Adds the entry in <see cref="Next"/>.</summary>
    public void Add()
    {
        _table.Add(_next.Version, _next.AppVersion, _next.Created, _next.Digest, CollectionsMarshal.AsSpan(_next.Urls));
        var version = SemanticVersion.TryParseLenient(_next.Version, out var parsed) ? parsed : null;
        _versions.Add(version);

        // The full record is kept of two entries only: it is not known before the last one which of them counts.
        if (_versions.Count == 1)
        {
            (_first, _next) = (_next, _first);
            _newestVersion = version;
        }
        else if (version is not null && (_newestVersion is null || version > _newestVersion))
        {
            (_newest, _next) = (_next, _newest);
            _newestVersion = version;
        }
    }

    /// <summary>The package of what was added, which has to be at least one entry.</summary>
    public CataloguePackage Build(string name)
    {
        var order = VersionOrder.NewestFirst(_versions);
        var newest = order[0] == 0 ? _first : _newest;
        return new CataloguePackage
        {
            Name = strings.Add(name),
            Id = strings.Add(Uri.EscapeDataString(name)),
            DisplayName = strings.Add(name),
            ShortDescription = strings.Add(newest.Description),
            IconUrl = strings.Add(newest.Icon),
            HomeUrl = strings.Add(newest.Home),
            Keywords = [.. newest.Keywords.Select(strings.Add)],
            Categories = [strings.Add(newest.Category)],
            Sources = [.. newest.Sources.Select(strings.Add)],
            Maintainers = [.. newest.Maintainers.Select(m => new CatalogueMaintainer(strings.Add(m.Name), strings.Add(m.Email), strings.Add(m.Url)))],
            Deprecated = newest.Deprecated,
            Versions = _table.Build(order),
        };
    }
}
