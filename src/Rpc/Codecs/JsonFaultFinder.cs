using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Codecs;

/// <summary>
/// Names the field at which the JSON of a message is wrong, which the parser does not say. It parses one field at a time, so it
/// is for the way of failure only.
/// </summary>
internal static class JsonFaultFinder
{
    /// <summary>Beyond so many characters an error goes without the name: the search must not cost more than the request did.</summary>
    private const int MaxLength = 64 * 1024;

    /// <summary>The path of the first wrong field, as it is spelled in the JSON; null where the text is no JSON object or no single field is to blame.</summary>
    public static string? Find(string json, MessageDescriptor message, JsonParser parser)
    {
        if (json.Length > MaxLength)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Find(document.RootElement, message, parser);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Find(JsonElement value, MessageDescriptor message, JsonParser parser)
    {
        // The well-known types have a JSON form of their own, in which a property is no field.
        if (value.ValueKind != JsonValueKind.Object || message.File.Package == "google.protobuf")
        {
            return null;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (FieldNames.Find(message, property.Name) is { } field && !Parses(message, property.Name, property.Value.GetRawText(), parser))
            {
                return property.Name + FindInside(property, field, message, parser);
            }
        }

        return null;
    }

    private static string? FindInside(JsonProperty property, FieldDescriptor field, MessageDescriptor message, JsonParser parser)
    {
        if (field.IsMap)
        {
            return null;
        }

        if (!field.IsRepeated)
        {
            return field.FieldType == FieldType.Message && Find(property.Value, field.MessageType, parser) is { } inner ? "." + inner : null;
        }

        var index = 0;
        foreach (var element in property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray() : default)
        {
            if (!Parses(message, property.Name, $"[{element.GetRawText()}]", parser))
            {
                var inner = field.FieldType == FieldType.Message ? Find(element, field.MessageType, parser) : null;
                return FormattableString.Invariant($"[{index}]") + (inner is null ? null : "." + inner);
            }

            index++;
        }

        return null;
    }

    private static bool Parses(MessageDescriptor message, string name, string value, JsonParser parser)
    {
        try
        {
            parser.Parse($"{{{JsonSerializer.Serialize(name)}:{value}}}", message);
            return true;
        }
        catch (Exception e) when (JsonCodec.IsParseFailure(e))
        {
            return false;
        }
    }
}
