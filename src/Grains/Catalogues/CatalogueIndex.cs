using System.Collections.Immutable;
using System.Globalization;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// The objects of catalogues by namespace and package. A package belongs to the repository that its description names, or, while
/// it has none, the first of its versions. Nothing is built here: a change costs the entry of one package.
/// </summary>
internal sealed class CatalogueIndex(string unnamedRepository)
{
    // Tells this index from one that was built in another activation.
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly Dictionary<(string Kind, string Namespace, string Name), CatalogueObject> _objects = [];
    private readonly Dictionary<(string Namespace, string Package), PackageObjects> _packages = [];
    private readonly Dictionary<(string Namespace, string Repository), (string Revision, Dictionary<string, PackageObjects> Packages)> _repositories = [];
    private long _changes;

    /// <summary>The repositories that packages name.</summary>
    public IEnumerable<(string Namespace, string Name)> Repositories => _repositories.Keys;

    /// <summary>All objects of a kind that are known.</summary>
    public IEnumerable<(string Namespace, string Name)> ObjectsOf(string kind) =>
        _objects.Keys.Where(k => k.Kind == kind).Select(k => (k.Namespace, k.Name));

    /// <summary>The repository that offers the package in that namespace, or null.</summary>
    public string? FindRepository(string ns, string package) =>
        _packages.TryGetValue((ns, package), out var found) && found.Description is not null ? RepositoryOf(found) : null;

    /// <summary>The packages of a repository, and their revision; empty where it has none.</summary>
    public (string Revision, IReadOnlyCollection<PackageObjects> Packages) Read(string ns, string repository) =>
        _repositories.TryGetValue((ns, repository), out var found) ? (found.Revision, found.Packages.Values) : ("", []);

    /// <summary>Sets or, with null, removes what one object says.</summary>
    public void Set(string kind, string ns, string name, CatalogueObject? obj)
    {
        var key = (kind, ns, name);
        if (_objects.TryGetValue(key, out var before))
        {
            if (before == obj)
            {
                return;
            }

            _objects.Remove(key);
            Change(ns, before.Package, p => before.Description is not null
                ? p with { Description = p.Description == before ? null : p.Description }
                : p with { Versions = p.Versions.Remove(before) });
        }

        if (obj is not null)
        {
            _objects[key] = obj;
            Change(ns, obj.Package, p => obj.Description is not null ? p with { Description = obj } : p with { Versions = p.Versions.Add(obj) });
        }
    }

    private void Change(string ns, string package, Func<PackageObjects, PackageObjects> change)
    {
        var before = _packages.GetValueOrDefault((ns, package));
        var now = change(before ?? new PackageObjects(package, null, []));
        if (before is not null)
        {
            Leave(ns, RepositoryOf(before), package);
        }

        if (now is { Description: null, Versions.IsEmpty: true })
        {
            _packages.Remove((ns, package));
            return;
        }

        _packages[(ns, package)] = now;
        Enter(ns, RepositoryOf(now), now);
    }

    private void Leave(string ns, string repository, string package)
    {
        var packages = _repositories[(ns, repository)].Packages;
        packages.Remove(package);
        if (packages.Count == 0)
        {
            _repositories.Remove((ns, repository));
        }
        else
        {
            _repositories[(ns, repository)] = (NextRevision(), packages);
        }
    }

    private void Enter(string ns, string repository, PackageObjects package)
    {
        var packages = _repositories.TryGetValue((ns, repository), out var found) ? found.Packages : new(StringComparer.Ordinal);
        packages[package.Name] = package;
        _repositories[(ns, repository)] = (NextRevision(), packages);
    }

    private string RepositoryOf(PackageObjects package) =>
        (package.Description ?? package.Versions[0]).Repository is { Length: > 0 } named ? named : unnamedRepository;

    private string NextRevision() => string.Create(CultureInfo.InvariantCulture, $"{_id}.{++_changes}");
}
