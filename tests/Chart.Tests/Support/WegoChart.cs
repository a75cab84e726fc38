using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>The files of the chart.</summary>
internal static class WegoChart
{
    public static string Folder { get; } = Path.Combine(TestPaths.Root, "deploy", "helm", "wego");

    /// <summary><c>Chart.yaml</c>.</summary>
    public static JsonObject Metadata() => Manifests.Parse(Read("Chart.yaml")).Single();

    /// <summary><c>values.yaml</c>.</summary>
    public static JsonObject Values() => Manifests.Parse(Read("values.yaml")).Single();

    /// <summary><c>values.schema.json</c>.</summary>
    public static JsonObject Schema() => JsonNode.Parse(Read("values.schema.json"))!.AsObject();

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
