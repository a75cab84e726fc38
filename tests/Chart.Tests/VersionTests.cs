using System.Xml.Linq;

namespace Wego.Chart.Tests;

/// <summary>One version: that of the assembly, the chart and the image.</summary>
public sealed class VersionTests
{
    [Fact]
    public void TheChartsVersionsAreTheAssemblys()
    {
        var assembly = XDocument.Load(Path.Combine(TestPaths.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        WegoChart.Metadata()["appVersion"]!.GetValue<string>().ShouldBe(assembly);
        WegoChart.Metadata()["version"]!.GetValue<string>().ShouldBe(assembly);
    }

    [Theory]
    [EachHelm]
    public async Task TheImagesTagIsTheAppVersion(string helm)
    {
        var deployment = Manifests.Parse(await Helm.TemplateAsync(helm)).One("Deployment");
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().ShouldBe($"wego:{WegoChart.Metadata()["appVersion"]!.GetValue<string>()}");
    }
}
