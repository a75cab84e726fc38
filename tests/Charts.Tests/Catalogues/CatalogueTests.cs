using Wego.Plugins;

namespace Wego.Charts.Tests.Catalogues;

public sealed class CatalogueTests
{
    private static readonly Catalogue Sample = Catalogue.Create(
    [
        Package("zoo", "Keeps animals", categories: ["Fun"], versions: [("2.0.0", "9"), ("1.0.0", "8")]),
        Package("Apple", "Grows", keywords: ["fruit"], versions: [("1.0.0", "1")]),
        Package("apple", "Falls", sources: ["https://git.example/Newton"], versions: [("1.0.0", "1"), ("0.9.0", "2")]),
        Package("pear", "Also grows", maintainers: ["Ada Lovelace"], categories: ["Food", "Fun"], versions: [("0.1.0", "")]),
    ]);

    [Fact]
    public void Packages_are_in_ordinal_order_of_their_names() => Names(CatalogueQuery.All).ShouldBe(["Apple", "apple", "pear", "zoo"]);

    [Fact]
    public void Categories_are_those_of_all_packages_and_the_empty_one() => Sample.Categories.ShouldBe(["", "Food", "Fun"]);

    [Theory]
    [InlineData("APPLE", "Apple apple")]
    [InlineData("grows", "Apple pear")]
    [InlineData("Fruit", "Apple")]
    [InlineData("newton", "apple")]
    [InlineData("lovelace", "pear")]
    [InlineData("nobody", "")]
    public void Text_is_looked_for_without_regard_to_case(string text, string expected) =>
        string.Join(' ', Names(new CatalogueQuery { Text = text })).ShouldBe(expected);

    [Theory]
    [InlineData("shown", "one")]
    [InlineData("SHORT", "one")]
    [InlineData("the long", "one")]
    [InlineData("one", "")]
    [InlineData("keyword", "")]
    public void Text_may_be_looked_for_in_descriptions_alone(string text, string expected)
    {
        var sample = Sample.Packages[0];
        var catalogue = Catalogue.Create(
        [
            new CataloguePackage
            {
                Name = "one", Id = "one", DisplayName = "As Shown", ShortDescription = "A short text", LongDescription = "And the long text, it says", Keywords = ["keyword"], Versions = sample.Versions,
            },
        ]);
        var query = new CatalogueQuery { Text = text, Matching = new CatalogueMatching { DescriptionsOnly = true } };
        string.Join(' ', catalogue.Search(query).Packages.Select(p => p.Name)).ShouldBe(expected);
        catalogue.Search(query with { Matching = CatalogueMatching.Default }).Packages.Length.ShouldBe(text is "shown" ? 0 : 1);
    }

    [Fact]
    public void Any_of_the_categories_will_do()
    {
        Names(new CatalogueQuery { Categories = ["Food"] }).ShouldBe(["pear"]);
        Names(new CatalogueQuery { Categories = ["Food", "Fun"] }).ShouldBe(["pear", "zoo"]);
        Names(new CatalogueQuery { Categories = [""] }).ShouldBe(["Apple", "apple"]);
        Names(new CatalogueQuery { Categories = ["food"] }).ShouldBeEmpty();
        var all = new CatalogueMatching { AllCategories = true };
        Names(new CatalogueQuery { Categories = ["Food", "Fun"], Matching = all }).ShouldBe(["pear"]);
        Names(new CatalogueQuery { Categories = ["Food", "Other"], Matching = all }).ShouldBeEmpty();
        Names(new CatalogueQuery { Categories = ["Food"], Matching = all }).ShouldBe(["pear"]);
        Names(new CatalogueQuery { Matching = all }).ShouldBe(Names(CatalogueQuery.All));
    }

    [Fact]
    public void Versions_are_those_of_the_newest_or_of_any()
    {
        Names(new CatalogueQuery { PackageVersion = "1.0.0" }).ShouldBe(["Apple", "apple"]);
        Names(new CatalogueQuery { PackageVersion = "1.0.0", VersionScope = CatalogueVersionScope.Any }).ShouldBe(["Apple", "apple", "zoo"]);
        Names(new CatalogueQuery { PackageVersion = "1.0.0", AppVersion = "8", VersionScope = CatalogueVersionScope.Any }).ShouldBe(["zoo"]);
        Names(new CatalogueQuery { PackageVersion = "2.0.0", AppVersion = "8", VersionScope = CatalogueVersionScope.Any }).ShouldBeEmpty();
        Names(new CatalogueQuery { AppVersion = "1" }).ShouldBe(["Apple", "apple"]);
    }

    [Fact]
    public void Page_continues_after_its_key_even_where_that_package_is_gone()
    {
        var first = Sample.Search(new CatalogueQuery { Limit = 2 });
        first.HasMore.ShouldBeTrue();
        var rest = Sample.Search(new CatalogueQuery { After = first.Packages[^1].Key, Limit = 2 });
        rest.Packages.Select(p => p.Name).ShouldBe(["pear", "zoo"]);
        rest.HasMore.ShouldBeFalse();
        Names(new CatalogueQuery { After = new CatalogueKey("banana", "banana") }).ShouldBe(["pear", "zoo"]);
        Names(new CatalogueQuery { After = new CatalogueKey("zoo", "zoo") }).ShouldBeEmpty();
    }

    [Fact]
    public void Packages_and_versions_are_found_by_name()
    {
        Sample.Find("apple")?.ShortDescription.ShouldBe("Falls");
        Sample.Find("APPLE").ShouldBeNull();
        Sample.FindById("pear")?.Name.ShouldBe("pear");
        Sample.Versions("zoo").Select(v => v.Version).ShouldBe(["2.0.0", "1.0.0"]);
        Sample.Versions("zoo").Find("1.0.0")?.AppVersion.ShouldBe("8");
        Sample.Versions("zoo").Find("3.0.0").ShouldBeNull();
        Sample.Versions("nothing").ShouldBeEmpty();
        Sample.VersionCount.ShouldBe(6);
    }

    [Fact]
    public void Two_packages_of_one_name_are_an_error() =>
        Should.Throw<ArgumentException>(() => Catalogue.Create([Package("a", "", versions: [("1", "")]), Package("a", "", versions: [("2", "")])]));

    [Fact]
    public void Rows_give_back_what_was_put_in()
    {
        var builder = new VersionTableBuilder(new StringPool());
        var created = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));
        var digest = ContentDigest.Compute("a"u8);
        builder.Add("1.0.0", "7", created, digest, ["https://a.example/1.0.0/a-1.0.0.tgz", "b.tgz"]);
        builder.Add("1.1.0", "", null, null, []);
        var table = builder.Build([1, 0]);
        table[0].ShouldBe(new CatalogueVersion("1.1.0", "", null, null, []));
        table[1].Created.ShouldBe(created);
        table[1].Digest.ShouldBe(digest);
        table[1].Urls.ShouldBe(["https://a.example/1.0.0/a-1.0.0.tgz", "b.tgz"]);
        Should.Throw<ArgumentException>(() => builder.Add("1.2.0", "", null, null, ["a\nb"]));
    }

    [Fact]
    public void Digest_is_read_with_and_without_its_algorithm()
    {
        var digest = ContentDigest.Compute(""u8);
        digest.ToString().ShouldBe("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        ContentDigest.TryParse(digest.ToString(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(digest);
        ContentDigest.TryParse(digest.ToString()[7..].ToUpperInvariant(), out parsed).ShouldBeTrue();
        parsed.ShouldBe(digest);
        ContentDigest.TryParse("sha512:" + new string('0', 128), out _).ShouldBeFalse();
        ContentDigest.TryParse(new string('g', 64), out _).ShouldBeFalse();
        ContentDigest.TryParse(null, out _).ShouldBeFalse();
    }

    private static IEnumerable<string> Names(CatalogueQuery query) => Sample.Search(query).Packages.Select(p => p.Name);

    private static CataloguePackage Package(
        string name,
        string description,
        string[]? keywords = null,
        string[]? categories = null,
        string[]? sources = null,
        string[]? maintainers = null,
        (string, string)[]? versions = null)
    {
        var builder = new VersionTableBuilder(new StringPool());
        foreach (var (version, appVersion) in versions ?? [])
        {
            builder.Add(version, appVersion, null, null, []);
        }

        return new CataloguePackage
        {
            Name = name,
            Id = name,
            DisplayName = name,
            ShortDescription = description,
            Keywords = [.. keywords ?? []],
            Categories = [.. categories ?? [""]],
            Sources = [.. sources ?? []],
            Maintainers = [.. (maintainers ?? []).Select(m => new CatalogueMaintainer(m))],
            Versions = builder.Build(),
        };
    }
}
