namespace Wego.Chart.Tests;

/// <summary>
/// What values render to. A case is a folder with <c>values.yaml</c>, <c>expected.yaml</c> and, where the defaults are not meant,
/// <c>arguments.txt</c> with one argument of <c>helm template</c> in each line.
/// </summary>
public sealed class GoldenTests
{
    [Theory]
    [EachHelm("Golden")]
    public async Task RendersAsExpected(string helm, string name)
    {
        var arguments = Cases.PathOf("Golden", name, "arguments.txt");
        var manifest = await Helm.TemplateAsync(
            helm, ["--values", Cases.PathOf("Golden", name, "values.yaml"), .. File.Exists(arguments) ? await File.ReadAllLinesAsync(arguments, TestContext.Current.CancellationToken) : []]);
        Cases.Verify(Cases.PathOf("Golden", name, "expected.yaml"), manifest);
    }

    [Theory]
    [EachHelm("Golden")]
    public async Task NothingIsFoundFaultWith(string helm, string name)
    {
        var run = await Helm.RunAsync(helm, "lint", "--strict", WegoChart.Folder, "--values", Cases.PathOf("Golden", name, "values.yaml"));
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
    }

    [Theory]
    [EachHelm("Golden")]
    public async Task EveryObjectIsNamedOnceAndLabelled(string helm, string name)
    {
        var objects = Manifests.Parse(await Helm.TemplateAsync(helm, "--values", Cases.PathOf("Golden", name, "values.yaml")));
        objects.Select(o => (o.Kind(), o.Namespace(), o.Name())).ShouldBeUnique();
        foreach (var obj in objects)
        {
            var labels = obj["metadata"]!["labels"]!;
            labels["app.kubernetes.io/instance"]!.GetValue<string>().ShouldBe("wego", $"{obj.Kind()} {obj.Name()}");
            labels["app.kubernetes.io/version"]!.GetValue<string>().ShouldBe(WegoChart.Metadata()["appVersion"]!.GetValue<string>());
        }
    }
}
