using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.OpenApi;

/// <summary>The JSON schemas of messages and enums, as the proto3 JSON mapping has them. What is referred to is collected.</summary>
internal sealed class SchemaCollection
{
    private const string WellKnown = "google.protobuf.";

    private readonly SortedDictionary<string, JsonObject?> _schemas = new(StringComparer.Ordinal);

    /// <summary>Every schema referred to so far, by full name.</summary>
    public JsonObject ToJson() => new(_schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));

    /// <summary>The schema of a message: a reference, or what a well-known type looks like in JSON.</summary>
    public JsonObject Message(MessageDescriptor message) =>
        WellKnownSchema(message) ?? Reference(message.FullName, () => Describe(message));

    /// <summary>The schema of a field's value; of a repeated field or map as a whole.</summary>
    public JsonObject Field(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Element(field.MessageType.FindFieldByNumber(2)) };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Element(field) } : Element(field);
    }

    private static JsonObject Scalar(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }

    private JsonObject Element(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => Scalar("boolean"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Scalar("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 => Scalar("integer", "int64"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Scalar("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Scalar("string", "uint64"),
        FieldType.Float => Scalar("number", "float"),
        FieldType.Double => Scalar("number", "double"),
        FieldType.Bytes => Scalar("string", "byte"),
        FieldType.Enum => Reference(field.EnumType.FullName, () => Describe(field.EnumType)),
        FieldType.Message or FieldType.Group => Message(field.MessageType),
        _ => Scalar("string"),
    };

    private JsonObject? WellKnownSchema(MessageDescriptor message)
    {
        if (message.File.Name == "google/protobuf/wrappers.proto")
        {
            var schema = Element(message.FindFieldByNumber(1));
            schema["nullable"] = true;
            return schema;
        }

        return message.FullName switch
        {
            WellKnown + "Timestamp" => Scalar("string", "date-time"),
            WellKnown + "Duration" or WellKnown + "FieldMask" => Scalar("string"),
            WellKnown + "Struct" => Scalar("object"),
            WellKnown + "Value" => [],
            WellKnown + "ListValue" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
            WellKnown + "Any" => new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["@type"] = Scalar("string") },
                ["additionalProperties"] = true,
            },
            _ => null,
        };
    }

    private JsonObject Reference(string name, Func<JsonObject> describe)
    {
        // Entered before it is described: a message may contain itself.
        if (_schemas.TryAdd(name, null))
        {
            _schemas[name] = describe();
        }

        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    private JsonObject Describe(MessageDescriptor message)
    {
        var schema = Scalar("object");
        if (message.Fields.InDeclarationOrder().Count > 0)
        {
            schema["properties"] = new JsonObject(
                message.Fields.InDeclarationOrder().Select(f => KeyValuePair.Create(f.JsonName, (JsonNode?)Field(f))));
        }

        if (message.Oneofs.Where(o => !o.IsSynthetic).ToArray() is { Length: > 0 } oneofs)
        {
            schema["description"] = string.Join(' ', oneofs.Select(o => $"At most one of {string.Join(", ", o.Fields.Select(f => f.JsonName))}."));
        }

        return schema;
    }

    private static JsonObject Describe(EnumDescriptor type)
    {
        var schema = Scalar("string");
        schema["enum"] = new JsonArray([.. type.Values.Select(v => JsonValue.Create(v.Name))]);
        return schema;
    }
}
