using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Wego.Frontend.Tests.Mapping;

/// <summary>Looks at and sets the fields of messages by their descriptors, so that a new field cannot be forgotten.</summary>
internal static class MessageFields
{
    /// <summary>The paths of fields that are not set; of a oneof only its own where no alternative is.</summary>
    public static IEnumerable<string> Unset(IMessage message, string path = "")
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var at = path + field.Name;
            var value = field.Accessor.GetValue(message);
            if (field.RealContainingOneof is { } oneof)
            {
                if (oneof.Accessor.GetCaseFieldDescriptor(message) is null && oneof.Fields[0] == field)
                {
                    yield return path + oneof.Name;
                }
            }
            else if (IsUnset(field, value))
            {
                yield return at;
            }
            else if (!field.IsRepeated && value is IMessage nested and not Any)
            {
                foreach (var inner in Unset(nested, $"{at}."))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>Sets every field, each text to its own path; of a oneof the alternative of this name.</summary>
    public static T Fill<T>(T message, params string[] alternatives)
        where T : IMessage
    {
        Fill(message, "", alternatives);
        return message;
    }

    private static void Fill(IMessage message, string path, string[] alternatives)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.RealContainingOneof is not null && !alternatives.Contains(field.Name))
            {
                continue;
            }

            var at = path + field.Name;
            if (field.IsMap)
            {
                ((System.Collections.IDictionary)field.Accessor.GetValue(message)).Add($"{at}.key", $"{at}.value");
            }
            else if (field.FieldType == FieldType.Message)
            {
                var nested = field.MessageType == Any.Descriptor ? new Any { TypeUrl = "type.test/x", Value = ByteString.CopyFromUtf8(at) } : field.MessageType.Parser.ParseFrom(ByteString.Empty);
                if (nested is not Any)
                {
                    Fill(nested, $"{at}.", alternatives);
                }

                field.Accessor.SetValue(message, nested);
            }
            else
            {
                field.Accessor.SetValue(message, field.FieldType switch
                {
                    FieldType.String => at,
                    FieldType.Bool => true,
                    FieldType.Enum => field.EnumType.Values[^1].Number,
                    _ => throw new NotSupportedException($"{at} is a {field.FieldType}."),
                });
            }
        }
    }

    private static bool IsUnset(FieldDescriptor field, object? value) => value switch
    {
        null => true,
        System.Collections.ICollection many => many.Count == 0,
        string text => text.Length == 0,
        bool flag => !flag,
        _ => field.FieldType == FieldType.Enum && Convert.ToInt32(value) == 0,
    };
}
