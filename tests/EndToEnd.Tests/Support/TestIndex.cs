using System.Text;

namespace Wego.EndToEnd;

/// <summary>Writes indexes of chart repositories.</summary>
internal static class TestIndex
{
    /// <summary>An index of charts in one version each.</summary>
    public static string Of(IEnumerable<string> charts, string version = "1.0.0") =>
        charts.Aggregate(new StringBuilder("apiVersion: v1\nentries:\n"), (index, chart) => index.Append(Entry(chart, version))).ToString();

    private static string Entry(string chart, string version) =>
        $"""
          {chart}:
            - apiVersion: v2
              name: {chart}
              version: {version}
              appVersion: "7"
              description: The chart {chart}
              annotations:
                category: {(chart.EndsWith('1') ? "Odd" : "Even")}
              urls:
                - {chart}-{version}.tgz

        """;
}
