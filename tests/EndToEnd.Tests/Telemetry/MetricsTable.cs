namespace Wego.EndToEnd.Telemetry;

/// <summary>The tables of metrics in <c>docs/telemetry.md</c>.</summary>
internal static class MetricsTable
{
    public static IReadOnlyList<Row> Read() =>
    [
        .. from line in File.ReadLines(Path.Combine(TestPaths.Root, "docs", "telemetry.md"))
           let cells = line.Split('|')
           where cells.Length == 7 && cells[1].Trim().StartsWith('`')
           select new Row(Plain(cells[1]), Plain(cells[2]), Plain(cells[3]), [.. cells[4].Split(',').Select(Plain).Where(l => l.Length > 0).Select(l => l.Replace('.', '_'))]),
    ];

    private static string Plain(string cell) => cell.Trim().Trim('`');

    /// <param name="Name">As OpenTelemetry has it.</param>
    /// <param name="Prometheus">As Prometheus has it.</param>
    /// <param name="Unit">As OpenTelemetry has it.</param>
    /// <param name="Labels">As Prometheus has them.</param>
    internal sealed record Row(string Name, string Prometheus, string Unit, string[] Labels);
}
