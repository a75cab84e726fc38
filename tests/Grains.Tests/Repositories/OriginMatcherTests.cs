using Wego.Plugins;

namespace Wego.Grains.Tests.Repositories;

/// <summary>Which package of a catalogue an installed one came from.</summary>
public sealed class OriginMatcherTests
{
    private static readonly Catalogue Catalogue = Catalogue.Create(
    [
        Package("redis", "https://redis.test", "A store", ("2.0.0", "7.2"), ("1.0.0", "7.0")),
        Package("bitnami/redis", "https://bitnami.test", "Another store", ("2.0.0", "7.2")),
        Package("web", "", "", ("1.0.0", "")),
    ]);

    [Theory]
    [InlineData("redis", "1.0.0", "7.0", "", "", "redis", 8)]
    [InlineData("redis", "2.0.0", "7.2", "https://bitnami.test", "Another store", "bitnami/redis", 11)]
    [InlineData("redis", "2.0.0", "7.2", "https://redis.test", "", "redis", 10)]
    [InlineData("web", "1.0.0", "9.9", "", "", "web", 8)]
    [InlineData("redis", "1.0.0", "9.9", "", "", null, 0)]
    [InlineData("redis", "0.9.0", "6.2", "https://redis.test", "A store", "redis", 3)]
    [InlineData("redis", "0.9.0", "6.2", "", "", null, 0)]
    [InlineData("nginx", "1.0.0", "1", "https://redis.test", "A store", null, 0)]
    public void The_most_alike_package_is_found(string name, string version, string app, string home, string description, string? expected, int likeness)
    {
        var found = OriginMatcher.Find(Catalogue, new PackageOrigin(name, version, app, home, description));
        (found?.Package.Name, found?.Likeness ?? 0).ShouldBe((expected, likeness));
    }

    private static CataloguePackage Package(string name, string home, string description, params IEnumerable<(string Version, string App)> versions)
    {
        var table = new VersionTableBuilder(new StringPool());
        foreach (var (version, app) in versions)
        {
            table.Add(version, app, created: null, digest: null, []);
        }

        return new CataloguePackage
        {
            Name = name,
            Id = Uri.EscapeDataString(name),
            DisplayName = name,
            HomeUrl = home,
            ShortDescription = description,
            Versions = table.Build(),
        };
    }
}
