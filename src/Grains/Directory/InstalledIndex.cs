using System.Collections.Immutable;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// Installed packages by name. Several objects may describe one package (revisions); the highest revision counts.
/// Sorting is done when somebody reads, not for each change.
/// </summary>
internal sealed class InstalledIndex
{
    private readonly Dictionary<(string Kind, string Namespace, string Object), InstalledPackage> _objects = [];
    private readonly Dictionary<InstalledPackageRef, InstalledPackage> _packages = [];
    private readonly Dictionary<InstalledPackageRef, HashSet<(string Kind, string Namespace, string Object)>> _sources = [];
    private ImmutableArray<(SortKey Key, InstalledPackage Package)> _sorted = [];
    private bool _dirty;

    /// <summary>Packages in order.</summary>
    public ImmutableArray<(SortKey Key, InstalledPackage Package)> Sorted
    {
        get
        {
            if (_dirty)
            {
                _sorted = [.. _packages.Values.Select(p => (KeyOf(p), p)).OrderBy(p => p.Item1)];
                _dirty = false;
            }

            return _sorted;
        }
    }

    public static SortKey KeyOf(InstalledPackage package) =>
        new(package.Ref.Name, package.Ref.Plugin.Name, package.Ref.Namespace, package.Ref.Name);

    /// <summary>The package of this reference, or null.</summary>
    public InstalledPackage? Find(InstalledPackageRef package) => _packages.GetValueOrDefault(package);

    /// <summary>All objects of a kind that are known.</summary>
    public IEnumerable<(string Namespace, string Object)> ObjectsOf(string kind) =>
        [.. _objects.Keys.Where(k => k.Kind == kind).Select(k => (k.Namespace, k.Object))];

    /// <summary>Sets or, with null, removes what one object describes.</summary>
    /// <returns>The packages whose entries changed and their new state: one, or two where the object now describes another package.</returns>
    public IReadOnlyList<(InstalledPackageRef Ref, InstalledPackage? Now, InstalledPackage Last)> Set(string kind, string ns, string name, InstalledPackage? package)
    {
        var source = (kind, ns, name);
        _objects.TryGetValue(source, out var before);
        var changes = new List<(InstalledPackageRef, InstalledPackage?, InstalledPackage)>(1);
        if (before is not null && before.Ref != package?.Ref)
        {
            _objects.Remove(source);
            _sources[before.Ref].Remove(source);
            Recompute(before.Ref, before, changes);
        }

        if (package is not null)
        {
            _objects[source] = package;
            if (!_sources.TryGetValue(package.Ref, out var sources))
            {
                _sources[package.Ref] = sources = [];
            }

            sources.Add(source);
            Recompute(package.Ref, package, changes);
        }

        return changes;
    }

    private void Recompute(InstalledPackageRef package, InstalledPackage last, List<(InstalledPackageRef, InstalledPackage?, InstalledPackage)> changes)
    {
        var now = _sources[package].Select(s => _objects[s]).MaxBy(p => p.Revision);
        if (now is null)
        {
            _sources.Remove(package);
        }

        if (now == _packages.GetValueOrDefault(package))
        {
            return;
        }

        _dirty = true;
        if (now is null)
        {
            _packages.Remove(package);
        }
        else
        {
            _packages[package] = now;
        }

        changes.Add((package, now, last));
    }
}
