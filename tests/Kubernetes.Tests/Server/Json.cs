using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Kubernetes.Tests;

/// <summary>Documents as an API server writes them.</summary>
public static class Json
{
    public static string Status(int code, string reason, string message, object? details = null) => JsonSerializer.Serialize(new
    {
        kind = "Status",
        apiVersion = "v1",
        metadata = new { },
        status = "Failure",
        message,
        reason,
        details,
        code,
    });

    public static string ConfigMap(string name, string resourceVersion, string ns = "default") => JsonSerializer.Serialize(new
    {
        kind = "ConfigMap",
        apiVersion = "v1",
        metadata = new { name, @namespace = ns, uid = "uid-" + name, resourceVersion },
        data = new { key = name },
    });

    public static string List(string resourceVersion, string? next, params string[] items) => new JsonObject
    {
        ["kind"] = "ConfigMapList",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion, ["continue"] = next ?? "" },
        ["items"] = new JsonArray([.. items.Select(i => WithoutKind(i))]),
    }.ToJsonString();

    public static string Event(string type, string body) => $$"""{"type":"{{type}}","object":{{body}}}""" + "\n";

    public static string Bookmark(string resourceVersion) =>
        Event("BOOKMARK", $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"{{{resourceVersion}}}"}}""");

    private static JsonNode WithoutKind(string item)
    {
        var json = JsonNode.Parse(item)!.AsObject();
        json.Remove("kind");
        json.Remove("apiVersion");
        return json;
    }
}
