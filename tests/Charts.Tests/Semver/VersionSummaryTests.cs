using System.Globalization;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Semver;

public sealed class VersionSummaryTests
{
    public static TheoryData<string> Cases() => [.. Golden.Cases("VersionSummary")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Summary_keeps_what_a_user_is_likely_to_choose(string name)
    {
        string[][] rows = [.. File.ReadLines(Golden.PathOf("VersionSummary", name, "versions.txt")).Select(l => l.Split('\t'))];
        var summary = Numbers(Golden.PathOf("VersionSummary", name, "numbers.txt")).Of(Table(rows)).Select(v => $"{v.Version}\t{v.AppVersion}\n");
        Golden.Verify("VersionSummary", name, string.Concat(summary));
    }

    [Fact]
    public void Numbers_can_be_chosen() => new VersionSummary(1, 2, 1)
        .Of(Table(["2.1.1", ""], ["2.1.0", ""], ["2.0.0", ""], ["1.0.0", ""]))
        .Select(v => v.Version).ShouldBe(["2.1.1", "2.0.0"]);

    [Theory]
    [InlineData("^1", "1.3.0")]
    [InlineData("", "2.0.0")]
    [InlineData("v1.1", "v1.1")]
    [InlineData("~1.1", "v1.1")]
    [InlineData(">=2.0.0-0 <2.1.1", "2.1.0-rc.1")]
    [InlineData("9.9.9", null)]
    [InlineData("no version", null)]
    public void Expression_finds_the_newest_version_that_satisfies_it(string expression, string? expected) =>
        (Table(["1.2.0", ""], ["v1.1", ""], ["2.1.0-rc.1", ""], ["1.3.0", ""], ["2.0.0", ""], ["odd", ""])
            .Resolve(expression)?.Version).ShouldBe(expected);

    private static VersionSummary Numbers(string file) =>
        File.Exists(file) && File.ReadAllText(file).Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray() is [var majors, var minors, var patches]
            ? new VersionSummary(majors, minors, patches)
            : VersionSummary.Default;

    // As a catalogue keeps them.
    private static VersionTable Table(params string[][] rows)
    {
        var builder = new VersionTableBuilder(new StringPool());
        foreach (var row in rows)
        {
            builder.Add(row[0], row[1], null, null, []);
        }

        return builder.Build(VersionOrder.NewestFirst([.. rows.Select(r => SemanticVersion.TryParseLenient(r[0], out var version) ? version : null)]));
    }
}
