using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox;
using Wego.Sandbox.Json;

namespace Wego.Conformance;

/// <summary>Brings objects into a cluster, and looks whether those are there that should be.</summary>
internal static class ClusterFile
{
    /// <summary>
    /// Creates the objects of <c>cluster.yaml</c>, with their status, and the namespaces that they name. An owner reference without
    /// uid gets that of the owner, which comes earlier in the file.
    /// </summary>
    public static void Create(string manifest, SandboxStore store) => Create(YamlDocuments.Parse(manifest), store);

    /// <inheritdoc cref="Create(string, SandboxStore)"/>
    public static void Create(IEnumerable<JsonObject> items, SandboxStore store)
    {
        foreach (var item in items)
        {
            Encode(item);
            if (item.Metadata().Text("namespace") is { } ns)
            {
                CreateNamespace(ns, store);
            }

            foreach (var owner in item.Metadata().Array("ownerReferences") ?? [])
            {
                owner!["uid"] ??= Owner(owner.AsObject(), item.Metadata().Text("namespace") ?? "", store);
            }

            if (item.Text("kind") == "Namespace" && item.Metadata().Text("name") is { } name)
            {
                CreateNamespace(name, store);
                store.Apply(item);
                SetStatus(item, store);
                continue;
            }

            store.Create(item);
            SetStatus(item, store);
        }
    }

    /// <summary>
    /// What of <c>cluster-after.yaml</c> is not so. <c>stringData</c> is compared with what the data of a Secret say. A document stands for one object at least; with <c>absent: true</c> beside it, for none.
    /// Members that it does not name may have any value.
    /// </summary>
    public static IReadOnlyList<string> Differences(string manifest, SandboxStore store) => [.. YamlDocuments.Parse(manifest).SelectMany(wanted => Differences(wanted, store))];

    private static IEnumerable<string> Differences(JsonObject wanted, SandboxStore store)
    {
        var absent = wanted.Flag("absent");
        wanted.Remove("absent");
        Encode(wanted);
        var metadata = wanted.Metadata();
        var what = $"{wanted.Text("kind")} {metadata.Text("namespace")}/{metadata.Text("name")}";
        var found = store.List(Resource(wanted), metadata.Text("namespace") ?? "")
            .Select(o => o.ToJsonObject())
            .Where(o => Pattern.Matches(metadata.Text("name") ?? "(any)", o.Object("metadata").Text("name")!))
            .ToArray();
        if (absent)
        {
            return found.Where(o => Pattern.Differences(wanted, o, exact: false).Count == 0).Select(o => $"{what} is there: {o!.ToJsonString()}");
        }

        if (found.Length == 0)
        {
            return [$"{what} is not there"];
        }

        var differences = found.Select(o => Pattern.Differences(wanted, o, exact: false)).ToArray();
        return differences.Any(d => d.Count == 0) ? [] : differences.SelectMany(d => d).Select(d => $"{what} {d}");
    }

    private static void Encode(JsonObject secret)
    {
        if (secret.Object("stringData") is { } texts)
        {
            secret.Remove("stringData");
            secret["data"] = new JsonObject(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(t.Value!.GetValue<string>())))));
        }
    }

    private static void CreateNamespace(string name, SandboxStore store)
    {
        if (store.Get(new GroupVersionResource("", "v1", "namespaces"), "", name) is null)
        {
            store.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        }
    }

    // The API server drops the status of what is created, and takes it through the subresource only.
    private static void SetStatus(JsonObject item, SandboxStore store)
    {
        if (item.Object("status") is not { } status || item.Metadata() is not { } metadata)
        {
            return;
        }

        store.UpdateStatus(Resource(item), metadata.Text("namespace") ?? "", metadata.Text("name")!, present =>
        {
            foreach (var (name, value) in status)
            {
                present[name] = value?.DeepClone();
            }
        });
    }

    private static string Owner(JsonObject reference, string ns, SandboxStore store) =>
        store.Get(Resource(reference), ns, reference.Text("name")!)?.Uid
        ?? throw new InvalidDataException($"cluster.yaml has no {reference.Text("kind")} {reference.Text("name")} before what it owns.");

    private static GroupVersionResource Resource(JsonObject item)
    {
        var version = item.Text("apiVersion")!.Split('/');
        var kind = item.Text("kind")!.ToLowerInvariant();
        var plural = kind.EndsWith('y') ? kind[..^1] + "ies" : kind + "s";
        return new GroupVersionResource(version.Length == 2 ? version[0] : "", version[^1], plural);
    }
}
