using System.Globalization;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>What kapp keeps of an app in a ConfigMap: the label that its objects carry, their kinds and namespaces.</summary>
internal sealed record KappRecord(string Label, IReadOnlyList<(string Group, string Version, string Kind)> Kinds, IReadOnlyList<string> Namespaces)
{
    /// <summary>The label's name.</summary>
    public const string LabelKey = "kapp.k14s.io/app";

    /// <summary>The name of the app, and of the ConfigMap.</summary>
    public static string NameOf(KubernetesObject app) => $"{app.Name}.app";

    /// <summary>The record, or null where nothing was deployed.</summary>
    public static async Task<KappRecord?> ReadAsync(IKubernetesClient client, KubernetesObject app, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(CarvelResources.ConfigMaps, app.Namespace, NameOf(app), cancellationToken) is not { } found)
        {
            return null;
        }

        var spec = JsonNode.Parse(found.Text("data", "spec"))!;
        var versions = (spec.Array("usedGVs") ?? []).ToLookup(v => v.Text("Group") ?? "", v => v.Text("Version") ?? "");
        return new KappRecord(
            spec.Text("labelValue") ?? "",
            [
                .. (spec.Array("usedGKs") ?? []).SelectMany(
                    k => versions[k.Text("Group") ?? ""],
                    (k, version) => (k.Text("Group") ?? "", version, k.Text("Kind") ?? "")),
            ],
            [.. spec.Object("lastChange").Strings("namespaces")]);
    }

    public JsonObject ToConfigMap(KubernetesObject app, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        var spec = new JsonObject
        {
            ["labelKey"] = LabelKey,
            ["labelValue"] = Label,
            ["lastChange"] = new JsonObject
            {
                ["startedAt"] = time,
                ["finishedAt"] = time,
                ["successful"] = true,
                ["description"] = "update: Op: the sandbox's / Wait: the sandbox's",
                ["namespaces"] = Namespaces.ToJsonArray(),
            },
            ["usedGVs"] = new JsonArray([.. Kinds.Select(k => (k.Group, k.Version)).Distinct().Select(v => (JsonNode)new JsonObject { ["Group"] = v.Group, ["Version"] = v.Version })]),
            ["usedGKs"] = new JsonArray([.. Kinds.Select(k => (k.Group, k.Kind)).Distinct().Select(k => (JsonNode)new JsonObject { ["Group"] = k.Group, ["Kind"] = k.Kind })]),
        };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = NameOf(app),
                ["namespace"] = app.Namespace,
                ["labels"] = new JsonObject { ["kapp.k14s.io/is-app"] = "" },
            },
            ["data"] = new JsonObject { ["spec"] = spec.ToJsonString() },
        };
    }
}
