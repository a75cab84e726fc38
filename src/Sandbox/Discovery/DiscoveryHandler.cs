using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.Discovery;

/// <summary>Answers what the server serves: versions, groups and the resources of each.</summary>
internal sealed class DiscoveryHandler(ResourceRegistry registry)
{
    private static readonly string[] CollectionVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    /// <summary>The document for a path, or null where it is no discovery path or names nothing served.</summary>
    public JsonNode? Find(string path, string host) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api"] => new JsonObject
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = host }),
        },
        ["apis"] => new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. Groups().Select(g => Group(g, nested: true))]),
        },
        ["api", var version] => Resources("", version),
        ["apis", var group] => Groups().Contains(group) ? Group(group, nested: false) : null,
        ["apis", var group, var version] => Resources(group, version),
        ["version"] => Version(),
        _ => null,
    };

    public static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "34",
        ["gitVersion"] = "v1.34.0-sandbox",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "none",
        ["platform"] = "linux/amd64",
    };

    /// <summary>The named groups.</summary>
    public IEnumerable<string> Groups() =>
        registry.All.Select(r => r.Group).Concat(VirtualResources.All.Select(v => v.Group)).Where(g => g.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The versions of a group, preferred first.</summary>
    public IEnumerable<string> Versions(string group) =>
        registry.All.Where(r => r.Group == group).SelectMany(r => r.Versions).Select(v => v.Name)
            .Concat(VirtualResources.All.Where(v => v.Group == group).Select(v => v.Version))
            .Distinct(StringComparer.Ordinal).Order(ApiVersionOrder.Instance);

    private JsonObject Group(string group, bool nested)
    {
        var versions = Versions(group).Select(v => new JsonObject { ["groupVersion"] = $"{group}/{v}", ["version"] = v }).ToArray();
        var described = nested ? [] : new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        described["name"] = group;
        described["versions"] = new JsonArray([.. versions]);
        described["preferredVersion"] = versions[0].DeepClone();
        return described;
    }

    /// <summary>The resources of a version, or null where it is not served.</summary>
    public JsonObject? Resources(string group, string version)
    {
        var resources = new JsonArray();
        foreach (var resource in registry.All.Where(r => r.Group == group))
        {
            if (resource.Version(version) is { } served)
            {
                Add(resources, resource, served);
            }
        }

        foreach (var resource in VirtualResources.All.Where(v => v.Group == group && v.Version == version))
        {
            resources.Add(Entry(resource.Resource, resource.Namespaced, resource.Kind, ["create"]));
        }

        return resources.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = resources,
        };
    }

    private static void Add(JsonArray resources, ResourceDefinition resource, ResourceVersionDefinition served)
    {
        var entry = Entry(resource.Resource, resource.Namespaced, resource.Kind, resource.Resource is "namespaces" && resource.Group.Length == 0 ? [.. CollectionVerbs.Where(v => v is not "deletecollection")] : CollectionVerbs);
        entry["singularName"] = resource.Singular;
        if (resource.ShortNames.Count > 0)
        {
            entry["shortNames"] = resource.ShortNames.ToJsonArray();
        }

        if (resource.Categories.Count > 0)
        {
            entry["categories"] = resource.Categories.ToJsonArray();
        }

        resources.Add(entry);
        if (served.HasStatus)
        {
            resources.Add(Entry($"{resource.Resource}/status", resource.Namespaced, resource.Kind, StatusVerbs));
        }

        if (served.Scale is not null)
        {
            var scale = Entry($"{resource.Resource}/scale", resource.Namespaced, "Scale", StatusVerbs);
            scale["group"] = "autoscaling";
            scale["version"] = "v1";
            resources.Add(scale);
        }
    }

    private static JsonObject Entry(string name, bool namespaced, string kind, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = verbs.ToJsonArray(),
    };
}
