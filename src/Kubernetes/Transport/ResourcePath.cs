using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Wego.Kubernetes;

/// <summary>Builds paths of the resource API. Every segment is checked, for names come from callers.</summary>
internal static class ResourcePath
{
    public static string Collection(GroupVersionResource resource, string? ns)
    {
        var group = resource.Group.Length == 0 ? "/api" : "/apis/" + Segment(resource.Group, "group");
        var scope = string.IsNullOrEmpty(ns) ? "" : "/namespaces/" + Segment(ns, "namespace");
        return $"{group}/{Segment(resource.Version, "version")}{scope}/{Segment(resource.Resource, "resource")}";
    }

    public static string Item(GroupVersionResource resource, string? ns, string name, string? subresource = null)
    {
        var path = Collection(resource, ns) + "/" + Segment(name, "name");
        return string.IsNullOrEmpty(subresource) ? path : path + "/" + Segment(subresource, "subresource");
    }

    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }

        return path + query.ToQueryString();
    }

    public static string? Number(int value) => value > 0 ? value.ToString(CultureInfo.InvariantCulture) : null;

    private static string Segment(string value, string field)
    {
        if (value.Length == 0)
        {
            throw new KubernetesException(KubernetesFailure.BadRequest, $"The {field} of a Kubernetes resource must not be empty.");
        }

        // The API server's own rule for path segments; escaping is not enough, for servers normalise escaped dots and slashes.
        return value is "." or ".." || value.AsSpan().ContainsAny('/', '%') || value.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? throw new KubernetesException(KubernetesFailure.BadRequest, $"'{value}' is no valid {field}: it must not be '.' or '..' nor contain '/', '%' or control characters.")
            : Uri.EscapeDataString(value);
    }
}
