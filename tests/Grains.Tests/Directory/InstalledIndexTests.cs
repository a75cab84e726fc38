using FsCheck;
using FsCheck.Fluent;
using Wego.Plugins;

namespace Wego.Grains.Tests.Directory;

public sealed class InstalledIndexTests
{
    private static readonly Gen<(string Object, string? Package, int Revision)> Steps =
        from name in Gen.Elements("o1", "o2", "o3", "o4")
        from package in Gen.Elements("web", "db", "cache", null)
        from revision in Gen.Choose(1, 5)
        select (name, package, revision);

    [Fact]
    public void The_highest_revision_counts()
    {
        var index = new InstalledIndex();
        Set(index, "web.v1", "web", 1);
        Set(index, "web.v3", "web", 3);
        Set(index, "web.v2", "web", 2).ShouldBeEmpty();
        index.Find(FakePackageFormat.RefOf("apps", "web"))!.Revision.ShouldBe(3);

        var change = Set(index, "web.v3", null).ShouldHaveSingleItem();
        change.Now!.Revision.ShouldBe(2);
    }

    [Fact]
    public void With_its_last_object_a_package_is_gone()
    {
        var index = new InstalledIndex();
        Set(index, "web.v1", "web", 1);
        var change = Set(index, "web.v1", null).ShouldHaveSingleItem();
        change.Now.ShouldBeNull();
        change.Last.Revision.ShouldBe(1);
        index.Sorted.ShouldBeEmpty();
        Set(index, "web.v1", null).ShouldBeEmpty();
    }

    [Fact]
    public void An_object_that_describes_another_package_changes_both()
    {
        var index = new InstalledIndex();
        Set(index, "one", "web", 1);
        var changes = Set(index, "one", "db", 1);
        changes.Select(c => (c.Ref.Name, Present: c.Now is not null)).ShouldBe([("web", false), ("db", true)]);
        index.Sorted.ShouldHaveSingleItem().Package.Ref.Name.ShouldBe("db");
    }

    [Fact]
    public void Order_is_by_name_then_namespace()
    {
        var index = new InstalledIndex();
        foreach (var (ns, name) in new[] { ("b", "web"), ("a", "web"), ("c", "Web"), ("a", "db") })
        {
            index.Set("packages", ns, name, Package(name, 1, ns));
        }

        index.Sorted.Select(s => $"{s.Package.Ref.Name} {s.Package.Ref.Namespace}").ShouldBe(["Web c", "db a", "web a", "web b"]);
    }

    [Fact]
    public void The_index_is_what_its_objects_say_and_tells_every_change() => Check.QuickThrowOnFailure(Prop.ForAll(
        Steps.ListOf().ToArbitrary(),
        steps =>
        {
            var (index, objects, told) = (new InstalledIndex(), new Dictionary<string, (string Package, int Revision)>(), new Dictionary<string, long>());
            foreach (var (name, package, revision) in steps)
            {
                foreach (var change in Set(index, name, package, revision))
                {
                    if (change.Now is { } now)
                    {
                        told[change.Ref.Name] = now.Revision;
                    }
                    else
                    {
                        told.Remove(change.Ref.Name);
                    }
                }

                objects.Remove(name);
                if (package is not null)
                {
                    objects[name] = (package, revision);
                }

                var expected = objects.Values
                    .GroupBy(o => o.Package)
                    .Select(g => (Name: g.Key, Revision: (long)g.Max(o => o.Revision)))
                    .OrderBy(p => p.Name, StringComparer.Ordinal)
                    .ToArray();
                if (!index.Sorted.Select(s => (s.Package.Ref.Name, s.Package.Revision)).SequenceEqual(expected)
                    || !told.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)).SequenceEqual(expected))
                {
                    return false;
                }
            }

            return true;
        }));

    private static IReadOnlyList<(InstalledPackageRef Ref, InstalledPackage? Now, InstalledPackage Last)> Set(InstalledIndex index, string name, string? package, int revision = 0) =>
        index.Set("packages", "apps", name, package is null ? null : Package(package, revision));

    private static InstalledPackage Package(string name, int revision, string ns = "apps") => new()
    {
        Ref = FakePackageFormat.RefOf(ns, name),
        Revision = revision,
        Status = new PackageStatus(true, PackageStatusReason.Installed, ""),
    };
}
