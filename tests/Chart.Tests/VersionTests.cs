using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wego.Chart.Tests;

/// <summary>One version: that of the assembly, the chart and the image.</summary>
public sealed partial class VersionTests
{
    [Fact]
    public void TheChartsVersionsAreTheAssemblys()
    {
        var assembly = XDocument.Load(Path.Combine(TestPaths.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        WegoChart.Metadata()["appVersion"]!.GetValue<string>().ShouldBe(assembly);
        WegoChart.Metadata()["version"]!.GetValue<string>().ShouldBe(assembly);
    }

    [Fact]
    public void TheExecutableThatWasBuiltIsOfThatVersion() =>
        AssemblyName.GetAssemblyName(Path.Combine(SiloProcess.Output, "Wego.Silo.dll")).Version!.ToString(3).ShouldBe(WegoChart.Metadata()["appVersion"]!.GetValue<string>());

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/operations.md")]
    public void WhoFollowsTheGuideBuildsTheImageThatTheChartPulls(string file)
    {
        var tags = ImageTag().Matches(File.ReadAllText(Path.Combine(TestPaths.Root, file))).Select(m => m.Groups["tag"].Value).Distinct();
        tags.ShouldBe([WegoChart.Metadata()["appVersion"]!.GetValue<string>()]);
    }

    [GeneratedRegex(@"/wego:(?<tag>[0-9]\S*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImageTag();

    [Theory]
    [EachHelm]
    public async Task TheImagesTagIsTheAppVersion(string helm)
    {
        var deployment = Manifests.Parse(await Helm.TemplateAsync(helm)).One("Deployment");
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().ShouldBe($"wego:{WegoChart.Metadata()["appVersion"]!.GetValue<string>()}");
    }
}
