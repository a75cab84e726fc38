using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Rpc.Rest;

namespace Wego.Rpc.OpenApi;

/// <summary>Writes an OpenAPI 3.0 document of everything that REST serves.</summary>
internal static class OpenApiDocument
{
    /// <summary>The name of the schema of errors.</summary>
    public const string StatusSchema = "google.rpc.Status";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Create(IEnumerable<RpcEndpoint> endpoints, OpenApiInfo info)
    {
        var schemas = new SchemaCollection();
        var operations = new OperationBuilder(schemas);
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            var index = 0;
            foreach (var binding in RestBindingFactory.Create(endpoint))
            {
                var path = OperationBuilder.Path(binding);
                if (!paths.TryGetValue(path, out var item))
                {
                    paths.Add(path, item = []);
                }

                item[binding.HttpMethod.ToLowerInvariant()] = operations.Build(binding, index++);
            }
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = Info(info),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = new JsonObject(paths.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["components"] = Components(schemas),
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Info(OpenApiInfo info)
    {
        var json = new JsonObject { ["title"] = info.Title, ["version"] = info.Version };
        if (info.Description.Length > 0)
        {
            json["description"] = info.Description;
        }

        return json;
    }

    private static JsonObject Components(SchemaCollection schemas)
    {
        var all = schemas.ToJson();
        all[StatusSchema] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["type"] = "integer", ["format"] = "int32", ["description"] = "A gRPC status code." },
                ["message"] = new JsonObject { ["type"] = "string" },
                ["details"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
                        ["additionalProperties"] = true,
                    },
                },
            },
        };
        return new JsonObject
        {
            ["schemas"] = all,
            ["responses"] = new JsonObject
            {
                ["Unauthenticated"] = Error("The bearer token is missing, malformed or expired."),
                ["Error"] = Error("The call failed; the body says why."),
            },
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The token of `Authorization: Bearer`." },
            },
        };
    }

    private static JsonObject Error(string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + StatusSchema },
            },
        },
    };
}
