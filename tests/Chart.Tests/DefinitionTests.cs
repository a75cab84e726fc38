namespace Wego.Chart.Tests;

/// <summary>The chart brings the definitions of <c>deploy/crds</c>, which others than Helm can apply.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void TheChartHasEveryDefinitionAsItIs()
    {
        var deploy = Path.Combine(TestPaths.Root, "deploy", "crds");
        var chart = Path.Combine(WegoChart.Folder, "crds");
        Files(chart).ShouldBe(Files(deploy));
        foreach (var name in Files(deploy))
        {
            File.ReadAllText(Path.Combine(chart, name)).ShouldBe(File.ReadAllText(Path.Combine(deploy, name)), name);
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
}
