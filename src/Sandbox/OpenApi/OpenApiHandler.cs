using System.Text.Json.Nodes;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.OpenApi;

/// <summary>
/// OpenAPI documents with what clients look up before they write: which kinds there are, that the server validates fields
/// itself, and the schemas of custom kinds.
/// </summary>
internal sealed class OpenApiHandler(ResourceRegistry registry)
{
    /// <summary>The document for a path, or null.</summary>
    public JsonNode? Find(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["openapi", "v2"] => new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = Info(),
            ["paths"] = Paths(registry.All.SelectMany(r => r.Versions.Select(v => (r, v)))),
            ["definitions"] = new JsonObject(),
        },
        ["openapi", "v3"] => new JsonObject
        {
            ["paths"] = new JsonObject(GroupVersions().Select(g => KeyValuePair.Create(g, (JsonNode?)new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{g}" }))),
        },
        ["openapi", "v3", "api", var version] => Document("", version),
        ["openapi", "v3", "apis", var group, var version] => Document(group, version),
        _ => null,
    };

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "v1.34.0-sandbox" };

    private IEnumerable<string> GroupVersions() => registry.All
        .SelectMany(r => r.Versions.Select(v => r.Group.Length == 0 ? $"api/{v.Name}" : $"apis/{r.Group}/{v.Name}"))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private JsonObject? Document(string group, string version)
    {
        var served = registry.All.Where(r => r.Group == group)
            .SelectMany(r => r.Versions.Where(v => v.Name == version).Select(v => (Resource: r, Version: v))).ToArray();
        return served.Length == 0 ? null : new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = Paths(served),
            ["components"] = new JsonObject { ["schemas"] = Schemas(served) },
        };
    }

    private static JsonObject Schemas(IEnumerable<(ResourceDefinition Resource, ResourceVersionDefinition Version)> served)
    {
        var schemas = new JsonObject();
        foreach (var (resource, version) in served)
        {
            if (version.Schema is { } schema)
            {
                var described = schema.ToOpenApi();
                described["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(resource, version));
                schemas[$"{string.Join('.', resource.Group.Split('.').Reverse())}.{version.Name}.{resource.Kind}"] = described;
            }
        }

        return schemas;
    }

    private static JsonObject Paths(IEnumerable<(ResourceDefinition Resource, ResourceVersionDefinition Version)> served)
    {
        var paths = new JsonObject();
        foreach (var (resource, version) in served)
        {
            var root = resource.Group.Length == 0 ? $"/api/{version.Name}" : $"/apis/{resource.Group}/{version.Name}";
            var scope = resource.Namespaced ? "/namespaces/{namespace}" : "";
            paths[$"{root}{scope}/{resource.Resource}/{{name}}"] = new JsonObject
            {
                ["patch"] = new JsonObject
                {
                    ["parameters"] = new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation")),
                    ["responses"] = new JsonObject(),
                    ["x-kubernetes-action"] = "patch",
                    ["x-kubernetes-group-version-kind"] = GroupVersionKind(resource, version),
                },
            };
        }

        return paths;
    }

    private static JsonObject Parameter(string name) => new() { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject GroupVersionKind(ResourceDefinition resource, ResourceVersionDefinition version) =>
        new() { ["group"] = resource.Group, ["version"] = version.Name, ["kind"] = resource.Kind };
}
