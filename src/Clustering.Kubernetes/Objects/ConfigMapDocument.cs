using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Clustering;

/// <summary>A ConfigMap with the table as JSON under one key.</summary>
internal sealed class ConfigMapDocument : SiloTableDocument
{
    private const string Key = "silos.json";

    public override GroupVersionResource Resource { get; } = new("", "v1", "configmaps");

    public override string Kind => "ConfigMap";

    protected override string Field => $"data[{Key}]";

    public override JsonObject Write(JsonObject manifest, SiloTable table)
    {
        var data = manifest["data"] as JsonObject ?? [];
        data[Key] = SiloTableWriter.Write(table).ToJsonString();
        manifest["data"] = data;
        return manifest;
    }

    public override string Missing(string ns) => $"There is no namespace {ns}: create it, or set Wego:Cluster:Namespace to the one that Wego runs in.";

    protected override JsonElement Content(KubernetesObject obj) =>
        obj.Find("data", Key) is { ValueKind: JsonValueKind.String } text ? JsonElement.Parse(text.GetString()!) : default;
}
