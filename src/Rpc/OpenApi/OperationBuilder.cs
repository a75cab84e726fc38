using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Wego.Rpc.Rest;

namespace Wego.Rpc.OpenApi;

/// <summary>Describes one binding as an operation.</summary>
internal sealed class OperationBuilder(SchemaCollection schemas)
{
    private const string Json = "application/json";

    /// <summary>The path of a binding as OpenAPI spells it, with variables as plain names.</summary>
    public static string Path(RestBinding binding)
    {
        var template = binding.Template;
        var parts = new List<string>();
        for (var i = 0; i < template.Segments.Count; i++)
        {
            if (template.Variables.FirstOrDefault(v => v.Start == i) is { } variable)
            {
                parts.Add("{" + variable.FieldPath + "}");
                i += variable.Length - 1;
            }
            else
            {
                parts.Add(template.Segments[i].Text);
            }
        }

        return "/" + string.Join('/', parts) + (template.Verb.Length > 0 ? ":" + template.Verb : "");
    }

    /// <param name="binding">The binding.</param>
    /// <param name="index">Its place among the bindings of its method, from 0.</param>
    public JsonObject Build(RestBinding binding, int index)
    {
        var method = binding.Endpoint.Descriptor;
        var operation = new JsonObject
        {
            ["operationId"] = method.FullName + (index == 0 ? "" : FormattableString.Invariant($".{index}")),
            ["tags"] = new JsonArray(method.Service.FullName),
        };
        var parameters = new JsonArray([.. PathParameters(binding), .. QueryParameters(binding)]);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (binding.HasBody)
        {
            operation["requestBody"] = new JsonObject
            {
                ["content"] = Content(Json, binding.BodyField is { } field ? schemas.Field(field) : schemas.Message(binding.Input)),
            };
        }

        operation["responses"] = new JsonObject
        {
            ["200"] = Success(binding),
            ["401"] = new JsonObject { ["$ref"] = "#/components/responses/Unauthenticated" },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
        };
        return operation;
    }

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private JsonObject Success(RestBinding binding)
    {
        var schema = binding.ResponseField is { } field ? schemas.Field(field) : schemas.Message(binding.Endpoint.Descriptor.OutputType);
        if (binding.Endpoint.Kind != RpcMethodKind.ServerStreaming)
        {
            return new JsonObject { ["description"] = "OK", ["content"] = Content(Json, schema) };
        }

        var content = Content(Json, new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["result"] = schema,
                ["error"] = new JsonObject { ["$ref"] = "#/components/schemas/" + OpenApiDocument.StatusSchema },
            },
        });
        content["text/event-stream"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        return new JsonObject
        {
            ["description"] = "A stream of objects, one per line: each has a result, or the error with which the stream ends. "
                + "With `Accept: text/event-stream` each object is the data of a server-sent event.",
            ["content"] = content,
        };
    }

    private IEnumerable<JsonObject> PathParameters(RestBinding binding)
    {
        foreach (var (variable, path) in binding.PathFields)
        {
            var parameter = new JsonObject
            {
                ["name"] = variable.FieldPath,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = schemas.Field(path.Field),
            };
            if (binding.Template.SpansSegments(variable))
            {
                parameter["description"] = "May hold slashes; one that is encoded as %2F stays so.";
            }

            yield return parameter;
        }
    }

    private IEnumerable<JsonObject> QueryParameters(RestBinding binding)
    {
        if (binding.HasMessageBody)
        {
            return [];
        }

        var bound = binding.PathFields.Select(f => f.Field.ToString()).ToHashSet(StringComparer.Ordinal);
        return Leaves(binding.Input, [])
            .Where(leaf => leaf[0] != binding.BodyField && !bound.Contains(string.Join('.', leaf.Select(f => f.Name))))
            .Select(QueryParameter);
    }

    private JsonObject QueryParameter(FieldDescriptor[] path)
    {
        var parameter = new JsonObject
        {
            ["name"] = string.Join('.', path.Select(f => f.JsonName)),
            ["in"] = "query",
            ["schema"] = schemas.Field(path[^1]),
        };
        if (path[^1].IsMap)
        {
            // Written as labels[key]=value.
            parameter["style"] = "deepObject";
            parameter["explode"] = true;
        }

        return parameter;
    }

    /// <summary>The fields that a query can fill: repeated messages are none of them, and a message within itself is not followed.</summary>
    private static IEnumerable<FieldDescriptor[]> Leaves(MessageDescriptor message, FieldDescriptor[] path)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldDescriptor[] here = [.. path, field];
            if (field.FieldType != FieldType.Message || field.IsMap || field.MessageType.File.Package == "google.protobuf")
            {
                if (field.IsMap || field.FieldType != FieldType.Message || field.MessageType.Name != "Any")
                {
                    yield return here;
                }
            }
            else if (!field.IsRepeated && field.MessageType != message && path.All(f => f.ContainingType != field.MessageType))
            {
                foreach (var leaf in Leaves(field.MessageType, here))
                {
                    yield return leaf;
                }
            }
        }
    }
}
