using System.Collections.Immutable;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Reads discovery documents: aggregated (<c>apidiscovery.k8s.io</c>) and classic (<c>APIResourceList</c>).</summary>
internal static class DiscoveryReader
{
    public const string Accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
        + "application/json";

    /// <summary>The resources of an aggregated document, and the group versions that it marks as stale and lists without resources.</summary>
    public static (IEnumerable<ApiResource> Resources, IEnumerable<string> Failed) Aggregated(KubernetesObject document)
    {
        var resources = new List<ApiResource>();
        var failed = new List<string>();
        foreach (var item in Items(document.Find("items")))
        {
            var group = Text(item, "metadata", "name");
            foreach (var version in Items(Property(item, "versions")))
            {
                var name = Text(version, "version");
                var before = resources.Count;
                foreach (var resource in Items(Property(version, "resources")))
                {
                    var plural = Text(resource, "resource");
                    var kind = Text(resource, "responseKind", "kind");
                    if (plural.Length > 0 && kind.Length > 0)
                    {
                        resources.Add(new ApiResource(new GroupVersionResource(group, name, plural), kind, Text(resource, "scope") == "Namespaced", Strings(Property(resource, "verbs"))));
                    }
                }

                if (Text(version, "freshness") == "Stale" && resources.Count == before)
                {
                    failed.Add(group.Length == 0 ? name : $"{group}/{name}");
                }
            }
        }

        return (resources, failed);
    }

    /// <summary>The group versions of <c>/api</c> (<c>APIVersions</c>) or <c>/apis</c> (<c>APIGroupList</c>).</summary>
    public static IEnumerable<(string Group, string Version)> Versions(KubernetesObject document) => document.Kind switch
    {
        "APIVersions" => Strings(document.Find("versions")).Select(v => ("", v)),
        "APIGroupList" =>
            Items(document.Find("groups")).SelectMany(g => Items(Property(g, "versions")).Select(v => (Text(g, "name"), Text(v, "version")))),
        _ => [],
    };

    /// <summary>The resources of one group version (<c>APIResourceList</c>).</summary>
    public static IEnumerable<ApiResource> Classic(string group, string version, KubernetesObject document) =>
        Items(document.Find("resources"))
            .Select(r => new ApiResource(
                new GroupVersionResource(group, version, Text(r, "name")),
                Text(r, "kind"),
                Property(r, "namespaced").ValueKind == JsonValueKind.True,
                Strings(Property(r, "verbs"))))
            .Where(r => r.Kind.Length > 0 && r.Resource.Resource.Length > 0 && !r.Resource.Resource.Contains('/', StringComparison.Ordinal));

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = Property(element, name);
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    private static ImmutableArray<string> Strings(JsonElement element) =>
        [.. Items(element).Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)];
}
