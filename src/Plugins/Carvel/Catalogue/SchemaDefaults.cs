using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Plugins.Carvel;

/// <summary>
/// Default values out of the OpenAPI schema of a package's values: what the schema says; an object whose members have defaults in
/// full; otherwise the zero value of the type. Members stand in the order of their names.
/// </summary>
internal static class SchemaDefaults
{
    private const string Unreadable = "# There is an error while parsing the schema.";

    /// <summary>The values as YAML, every line commented out; a comment where the schema cannot be read, and empty where there is none.</summary>
    public static string Write(JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return "";
        }

        if (!IsSchema(schema))
        {
            return Unreadable;
        }

        var values = new JsonObject();
        Fill(values, schema);
        var lines = ValuesYaml.Write(values).TrimEnd('\n').Split('\n');
        return string.Concat(lines.Select(line => $"# {line}\n"));
    }

    private static bool IsSchema(JsonElement schema) => schema.ValueKind == JsonValueKind.Object
        && schema.Child("properties") is { ValueKind: JsonValueKind.Undefined or JsonValueKind.Object } properties
        && (properties.ValueKind == JsonValueKind.Undefined || properties.EnumerateObject().All(p => IsSchema(p.Value)))
        && schema.Child("type").ValueKind is JsonValueKind.Undefined or JsonValueKind.String;

    private static void Fill(JsonNode? value, JsonElement schema)
    {
        switch (value)
        {
            case JsonObject members:
                FillMembers(members, schema);
                break;
            case JsonArray items when schema.Child("items") is { ValueKind: JsonValueKind.Object } itemSchema:
                foreach (var item in items)
                {
                    Fill(item, itemSchema);
                }

                break;
        }
    }

    private static void FillMembers(JsonObject members, JsonElement schema)
    {
        var properties = schema.Child("properties");
        foreach (var property in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            var isMissing = !members.TryGetPropertyValue(property.Name, out var present) || (present is null && !property.Value.IsTrue("nullable"));
            if (isMissing)
            {
                members[property.Name] = DefaultOf(property.Value);
            }

            Fill(members[property.Name], property.Value);
        }

        if (schema.Child("additionalProperties") is { ValueKind: JsonValueKind.Object } others)
        {
            foreach (var (_, member) in members.Where(m => properties.Child(m.Key).ValueKind == JsonValueKind.Undefined).ToArray())
            {
                Fill(member, others);
            }
        }
    }

    private static JsonNode? DefaultOf(JsonElement schema)
    {
        if (schema.Child("default") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return JsonSerializer.SerializeToNode(given);
        }

        var children = schema.Child("properties");
        if (children.ValueKind == JsonValueKind.Object
            && children.EnumerateObject().Any(c => c.Value.Child("default").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)))
        {
            return new JsonObject();
        }

        return schema.Text("type") switch
        {
            "string" => "",
            "number" or "integer" => 0,
            "boolean" => false,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            _ => null,
        };
    }
}
