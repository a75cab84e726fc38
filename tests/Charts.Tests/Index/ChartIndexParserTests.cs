using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Index;

public sealed class ChartIndexParserTests
{
    public static TheoryData<string> Cases() => [.. Golden.Cases("Index")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Index_is_read(string name)
    {
        var file = Directory.GetFiles(Golden.PathOf("Index", name), "index.*").ShouldHaveSingleItem();
        Golden.Verify("Index", name, Describe(File.ReadAllBytes(file)));
    }

    [Fact]
    public void Json_and_yaml_give_the_same_catalogue() =>
        File.ReadAllText(Golden.PathOf("Index", "complete-json", "expected.txt")).ShouldBe(File.ReadAllText(Golden.PathOf("Index", "complete", "expected.txt")));

    [Fact]
    public void Byte_order_mark_is_accepted() =>
        Parse([.. Encoding.UTF8.Preamble, .. "apiVersion: v1\nentries: {a: [{version: 1.0.0}]}"u8]).Catalogue.Packages.Length.ShouldBe(1);

    [Fact]
    public void Text_that_is_not_UTF8_is_an_error() =>
        Should.Throw<ChartIndexException>(() => Parse([.. "apiVersion: v1\nentries: {a: [{version: 1.0.0, description: \""u8, 0xff, 0xfe, .. "\"}]}"u8]))
            .Failure.ShouldBe(ChartFailure.MalformedIndex);

    [Theory]
    [InlineData("bytes")]
    [InlineData("charts")]
    [InlineData("versions")]
    [InlineData("deeper")]
    public void What_is_beyond_a_limit_is_an_error_that_names_it(string limit)
    {
        var limits = limit switch
        {
            "bytes" => new ChartIndexLimits { MaxBytes = 30 },
            "charts" => new ChartIndexLimits { MaxCharts = 1 },
            "versions" => new ChartIndexLimits { MaxVersions = 2 },
            _ => new ChartIndexLimits { MaxDepth = 3 },
        };
        var index = "apiVersion: v1\nentries:\n  a: [{version: 1.0.0}, {version: 1.1.0}]\n  b: [{version: 1.0.0}]\n"u8.ToArray();
        var error = Should.Throw<ChartIndexException>(() => ChartIndexParser.Parse(index, limits, TestContext.Current.CancellationToken));
        error.Failure.ShouldBe(ChartFailure.TooLarge);
        error.Message.ShouldContain(limit);
    }

    [Fact]
    public void Only_the_first_problems_are_described_but_all_are_counted()
    {
        var index = "apiVersion: v1\nentries:\n  a: [" + string.Join(", ", Enumerable.Repeat("{x: 1}", 25)) + "]\n";
        var result = Parse(Encoding.UTF8.GetBytes(index));
        result.SkippedEntries.ShouldBe(25);
        result.Problems.Length.ShouldBe(10);
    }

    [Fact]
    public void Cancelling_stops_the_reading()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() =>
            ChartIndexParser.Parse("apiVersion: v1\nentries: {a: [{version: 1.0.0}]}"u8.ToArray(), ChartIndexLimits.Default, cancelled.Token));
    }

    [Theory]
    [InlineData("complete", "index.yaml")]
    [InlineData("complete-json", "index.json")]
    [InlineData("aliases", "index.yaml")]
    public void Damaged_files_are_read_or_refused_but_nothing_else_happens(string name, string file)
    {
        var good = File.ReadAllBytes(Golden.PathOf("Index", name, file));
        var damage = from at in Gen.Choose(0, good.Length - 1)
                     from cut in Gen.Choose(0, 20)
                     from insert in Gen.Elements("", "{", "}", "[", "]", "\"", "'", ": ", "- ", "\t", "\n", "*a", "&a", "!!x", "%", "---\n", "\0", "|", ">", "#", "? ", "\\")
                     select (byte[])[.. good[..at], .. Encoding.UTF8.GetBytes(insert), .. good[Math.Min(good.Length, at + cut)..]];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(damage.ToArbitrary(), bytes =>
        {
            try
            {
                Parse(bytes);
            }
            catch (ChartIndexException)
            {
                // Refused, as it should be.
            }
        }));
    }

    [Fact]
    public void Reading_on_after_the_end_is_refused_instead_of_going_on_for_ever()
    {
        var reader = new YamlNodeReader(new MemoryStream("a"u8.ToArray()), maxDepth: 4);
        reader.Read();
        reader.Read();
        reader.Kind.ShouldBe(NodeKind.End);

        Should.Throw<ChartIndexException>(reader.Read).Message.ShouldContain("it ends in the middle of a value");
    }

    private static ChartIndex Parse(byte[] content) => ChartIndexParser.Parse(content, ChartIndexLimits.Default, CancellationToken.None);

    private static string Describe(byte[] content)
    {
        var text = new StringBuilder();
        try
        {
            var index = Parse(content);
            CatalogueText.Append(text, index.Catalogue);
            foreach (var problem in index.Problems)
            {
                text.Append($"skipped {problem}\n");
            }

            return text.Append($"read {index.ChartsRead} charts, {index.EntriesRead} entries; {index.DeprecatedCharts} deprecated, {index.SkippedEntries} skipped\n").ToString();
        }
        catch (ChartIndexException e)
        {
            return $"{e.Failure}: {e.Message}\n";
        }
    }
}
