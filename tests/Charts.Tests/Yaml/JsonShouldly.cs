using System.Text.Json.Nodes;

namespace Wego.Charts.Tests.Yaml;

internal static class JsonShouldly
{
    /// <summary>Compares as compact JSON text; no node is null.</summary>
    public static void ShouldBeJson(this JsonNode? node, string json) => (node?.ToJsonString(s_options) ?? "null").ShouldBe(json);

    private static readonly System.Text.Json.JsonSerializerOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
