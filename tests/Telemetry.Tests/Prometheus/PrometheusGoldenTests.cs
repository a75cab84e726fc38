using System.Text.Json.Nodes;

namespace Wego.Telemetry.Tests.Prometheus;

/// <summary>
/// Cases below <c>Golden</c>: <c>input.json</c> holds meters and what they measure, <c>expected.txt</c> and <c>expected.openmetrics</c>
/// what is served. <c>WEGO_UPDATE_GOLDEN=1</c> rewrites them.
/// </summary>
public sealed class PrometheusGoldenTests
{
    private static readonly string Root = Path.Combine(TestPaths.Root, "tests", "Telemetry.Tests", "Golden");

    public static IEnumerable<TheoryDataRow<string>> Cases { get; } = Directory.GetDirectories(Root).Select(d => new TheoryDataRow<string>(Path.GetFileName(d)));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_gives_what_is_expected(string name)
    {
        var folder = Path.Combine(Root, name);
        var input = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "input.json"), TestContext.Current.CancellationToken))!;
        (string, object)[] resource = [.. (input["resource"] as JsonObject ?? []).Select(r => (r.Key, (object)(string)r.Value!))];
        using var scrape = new Scrape((int?)input["cardinalityLimit"] ?? 2000, resource);
        scrape.Play(input["meters"]!.AsArray());

        var text = await scrape.TextAsync(PrometheusFormat.Text);
        var openMetrics = await scrape.TextAsync(PrometheusFormat.OpenMetrics);
        Verify(Path.Combine(folder, "expected.txt"), text);
        Verify(Path.Combine(folder, "expected.openmetrics"), openMetrics);
        PrometheusText.Parse(text).Samples.Count.ShouldBe(PrometheusText.Parse(openMetrics, isOpenMetrics: true).Samples.Count);
        scrape.Conflicts().ShouldBe(input["conflicts"]?.AsArray().Select(c => (string)c!) ?? []);
    }

    private static void Verify(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path), path);
    }
}
