using System.Globalization;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Previews;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_change_is_shown_with_three_lines_around_it() =>
        UnifiedDiff.Create("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n").ShouldBe("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");

    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\n", "a\n", "")]
    [InlineData("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n")]
    [InlineData("a\n", "", "@@ -1 +0,0 @@\n-a\n")]
    public void Nothing_is_no_change_and_everything_is_one(string before, string after, string diff) => UnifiedDiff.Create(before, after).ShouldBe(diff);

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 200)]
    [InlineData(3, 5000)]
    public void A_difference_leads_from_one_text_to_the_other(int seed, int lines)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var before = Enumerable.Range(0, lines).Select(_ => $"line {random.Next(lines / 4)}").ToList();
            var after = before.ToList();
            for (var i = 0; i < 10; i++)
            {
                after.RemoveAt(random.Next(after.Count));
                after.Insert(random.Next(after.Count), $"new {random.Next(5)}");
            }

            Apply(before, UnifiedDiff.Create(Text(before), Text(after))).ShouldBe(after);
        }
    }

    [Fact]
    public void Texts_that_have_nothing_in_common_are_replaced()
    {
        var (before, after) = (Enumerable.Range(0, 3000).Select(i => $"a{i}").ToList(), Enumerable.Range(0, 3000).Select(i => $"b{i}").ToList());

        Apply(before, UnifiedDiff.Create(Text(before), Text(after))).ShouldBe(after);
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private static List<string> Apply(List<string> before, string diff)
    {
        var result = new List<string>();
        var at = 0;
        foreach (var line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '@')
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0], CultureInfo.InvariantCulture) - (range is [_, "0"] ? 0 : 1);
                result.AddRange(before[at..start]);
                at = start;
                continue;
            }

            if (line[0] != '+')
            {
                before[at++].ShouldBe(line[1..]);
            }

            if (line[0] != '-')
            {
                result.Add(line[1..]);
            }
        }

        result.AddRange(before[at..]);
        return result;
    }
}
