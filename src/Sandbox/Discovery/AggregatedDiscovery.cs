using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Discovery;

/// <summary>
/// Everything below <c>/api</c> or <c>/apis</c> in one document, <c>apidiscovery.k8s.io</c> <c>APIGroupDiscoveryList</c>, for clients
/// that ask for it. Built of the documents that other clients get one by one.
/// </summary>
internal sealed class AggregatedDiscovery(DiscoveryHandler discovery)
{
    private const string Group = "apidiscovery.k8s.io";
    private const string Kind = "APIGroupDiscoveryList";
    private const string Version = "v2";

    /// <summary>The type of the answer.</summary>
    public const string MediaType = $"application/json;g={Group};v={Version};as={Kind}";

    /// <summary>Whether the client would rather have this than a plain answer. It says so with parameters of the media type.</summary>
    public static bool IsAskedFor(string path, StringValues accept) =>
        path.Trim('/') is "api" or "apis"
        && MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var types)
        && types.FirstOrDefault(IsServed) is { } first && IsAggregated(first);

    /// <summary>The document for <c>/api</c> or <c>/apis</c>.</summary>
    public JsonObject Read(string path)
    {
        var isCore = path.Trim('/') is "api";
        var groups = isCore ? [""] : discovery.Groups();
        return new JsonObject
        {
            ["kind"] = Kind,
            ["apiVersion"] = $"{Group}/{Version}",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. groups.Select(Describe)]),
        };
    }

    private static bool IsServed(MediaTypeHeaderValue type) =>
        type.MediaType.Value is "application/json" or "*/*" or "application/*" && (Parameter(type, "as") is null || IsAggregated(type));

    private static bool IsAggregated(MediaTypeHeaderValue type) => (Parameter(type, "g"), Parameter(type, "v"), Parameter(type, "as")) is (Group, Version, Kind);

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Value;

    private JsonObject Describe(string group)
    {
        var metadata = new JsonObject { ["creationTimestamp"] = null };
        if (group.Length > 0)
        {
            metadata["name"] = group;
        }

        return new JsonObject
        {
            ["metadata"] = metadata,
            ["versions"] = new JsonArray([.. discovery.Versions(group).Select(v => (JsonNode)new JsonObject
            {
                ["version"] = v,
                ["resources"] = Resources(group, v),
                ["freshness"] = "Current",
            })]),
        };
    }

    private JsonArray Resources(string group, string version)
    {
        var described = new JsonArray();
        var byName = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var entry in (discovery.Resources(group, version).Array("resources") ?? []).OfType<JsonObject>())
        {
            var name = entry.Text("name")!;
            var kind = new JsonObject { ["group"] = entry.Text("group") ?? group, ["version"] = entry.Text("version") ?? version, ["kind"] = entry.Text("kind") };
            if (name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
            {
                var parent = byName[name[..slash]];
                parent.Default("subresources", new JsonArray());
                parent.Array("subresources")!.Add((JsonNode)new JsonObject { ["subresource"] = name[(slash + 1)..], ["responseKind"] = kind, ["verbs"] = entry["verbs"]!.DeepClone() });
                continue;
            }

            var resource = new JsonObject
            {
                ["resource"] = name,
                ["responseKind"] = kind,
                ["scope"] = entry.Flag("namespaced") ? "Namespaced" : "Cluster",
                ["singularResource"] = entry.Text("singularName") is { Length: > 0 } singular ? singular : entry.Text("kind")!.ToLowerInvariant(),
                ["verbs"] = entry["verbs"]!.DeepClone(),
            };
            foreach (var list in new[] { "shortNames", "categories" })
            {
                if (entry.Array(list) is { } values)
                {
                    resource[list] = values.DeepClone();
                }
            }

            byName.Add(name, resource);
            described.Add((JsonNode)resource);
        }

        return described;
    }
}
