using System.Globalization;

namespace Wego.Conformance;

/// <summary>The section "Conformance tables" of docs/parity.md tells what the folders hold.</summary>
public sealed class ParityPageTests
{
    private const int Columns = 7;

    [Fact]
    public void Page_counts_the_cases_of_every_table()
    {
        var rows = Rows();
        rows.Select(r => r.Table).Where(t => t.Length > 0).ShouldBe(
            Directory.GetDirectories(ConformanceCase.Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal), ignoreOrder: true);
        foreach (var row in rows.Where(r => r.Table.Length > 0))
        {
            ConformanceCase.Of(row.Table).Count.ShouldBe(row.CarriedOver, row.Table);
            ConformanceCase.Differences(row.Table).ShouldBe(row.Different, row.Table);
        }
    }

    [Fact]
    public void Every_case_is_counted_once()
    {
        foreach (var row in Rows())
        {
            (row.CarriedOver + row.NotApplicable).ShouldBe(row.Cases, row.Original);
        }
    }

    [Fact]
    public void Every_table_has_a_test_class()
    {
        var tables = typeof(ConformanceTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ConformanceTests)))
            .Select(type => ((ConformanceTests)Activator.CreateInstance(type)!).Table);
        tables.ShouldBe(Directory.GetDirectories(ConformanceCase.Root).Select(folder => Path.GetFileName(folder)!), ignoreOrder: true);
    }

    // | Original | Table | Cases | Carried over | Of these different | Not applicable | Why |
    private static Row[] Rows()
    {
        var lines = File.ReadAllLines(Path.Combine(TestPaths.Root, "docs", "parity.md"));
        var rows = lines.SkipWhile(line => line != "## Conformance tables").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Read).ToArray();
        rows.ShouldNotBeEmpty();
        return rows;
    }

    private static Row Read(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries)[1..^1];
        cells.Length.ShouldBe(Columns, line);
        return new Row(cells[0], cells[1].Trim('`'), Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]));
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Row(string Original, string Table, int Cases, int CarriedOver, int Different, int NotApplicable);
}
