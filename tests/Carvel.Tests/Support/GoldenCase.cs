using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Carvel.Tests;

/// <summary>
/// A folder <c>Golden/TOPIC/CASE</c> with <c>input.yaml</c> and <c>expected.json</c>. With <c>WEGO_UPDATE_GOLDEN=1</c> the expected
/// files are written anew, to be looked at before they are committed.
/// </summary>
internal sealed class GoldenCase(string topic, string name)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder = Path.Combine(Root, topic, name);

    private static string Root => Path.Combine(TestPaths.Root, "tests", "Carvel.Tests", "Golden");

    public static IEnumerable<TheoryDataRow<string>> Of(string topic) =>
        Directory.GetDirectories(Path.Combine(Root, topic)).Order(StringComparer.Ordinal).Select(folder => new TheoryDataRow<string>(Path.GetFileName(folder)!));

    public string ReadText() => File.ReadAllText(Path.Combine(_folder, "input.yaml"));

    public JsonObject Read() => YamlJson.ReadDocuments(ReadText()).Single()!.AsObject();

    public void Check(JsonNode? actual)
    {
        var path = Path.Combine(_folder, "expected.json");
        var text = actual?.ToJsonString(s_indented) + "\n";
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path), $"{topic}/{name}");
    }
}
