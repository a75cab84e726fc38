namespace Wego.Chart.Tests;

/// <summary>Values that must not get as far as the cluster. A case is a file; its first line tells what the refusal names.</summary>
public sealed class RefusedValuesTests
{
    [Theory]
    [EachHelm("Refused")]
    public async Task ARefusalNamesTheValue(string helm, string file)
    {
        var path = Cases.PathOf("Refused", file);
        var named = File.ReadLines(path).First().TrimStart('#', ' ');
        var run = await Helm.RunAsync(helm, "template", "wego", WegoChart.Folder, "--values", path);
        run.ExitCode.ShouldNotBe(0, run.Output);
        // Helm 3 writes a.b, Helm 4 a JSON pointer.
        run.Error.Replace('/', '.').ShouldContain(named);
    }
}
