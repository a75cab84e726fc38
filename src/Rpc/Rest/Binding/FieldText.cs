using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Rest.Binding;

/// <summary>Reads a field's value from the text that paths and queries hold.</summary>
internal static class FieldText
{
    private const string WellKnown = "google.protobuf.";

    /// <summary>Reads one value: for a repeated field one of its elements.</summary>
    /// <param name="field">A field, or the key or value of a map.</param>
    /// <param name="text">Decoded text.</param>
    /// <param name="json">Reads the well-known types.</param>
    /// <returns>What the field's accessor, list or dictionary takes.</returns>
    /// <exception cref="FormatException">The text is no such value; the message says what is expected.</exception>
    public static object Parse(FieldDescriptor field, string text, JsonParser json) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bytes => ParseBytes(text),
        FieldType.Bool => ParseBool(text),
        FieldType.Enum => ParseEnum(field.EnumType, text),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : throw Expected("an integer of 32 bits", text),
        FieldType.UInt32 or FieldType.Fixed32 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? v : throw Expected("an unsigned integer of 32 bits", text),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : throw Expected("an integer of 64 bits", text),
        FieldType.UInt64 or FieldType.Fixed64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) ? v : throw Expected("an unsigned integer of 64 bits", text),
        FieldType.Float => ParseFloat(text),
        FieldType.Double => ParseDouble(text),
        _ => ParseMessage(field.MessageType, text, json),
    };

    private static object ParseMessage(MessageDescriptor message, string text, JsonParser json)
    {
        if (IsWrapper(message))
        {
            return Parse(message.FindFieldByNumber(1), text, json);
        }

        var value = message.FullName switch
        {
            WellKnown + "Timestamp" or WellKnown + "Duration" or WellKnown + "FieldMask" => JsonSerializer.Serialize(text),
            WellKnown + "Struct" or WellKnown + "Value" or WellKnown + "ListValue" => text,
            _ => throw new FormatException($"it is a message; name one of its fields, such as '{message.Fields.InFieldNumberOrder().FirstOrDefault()?.JsonName}', after a dot"),
        };
        try
        {
            return json.Parse(value, message);
        }
        catch (Exception e) when (JsonCodec.IsParseFailure(e))
        {
            throw new FormatException($"'{text}' is no {message.FullName}: {e.Message}", e);
        }
    }

    /// <summary>True for StringValue and its like, which accessors take and give as plain values.</summary>
    private static bool IsWrapper(MessageDescriptor message) =>
        message.File.Name == "google/protobuf/wrappers.proto";

    private static float ParseFloat(string text)
    {
        var number = ParseDouble(text);
        var value = (float)number;
        return float.IsFinite(value) || !double.IsFinite(number) ? value : throw Expected("a number of 32 bits", text);
    }

    private static double ParseDouble(string text)
    {
        // Too large a number is read as an infinity, which is not what was meant unless it was named.
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return isNumber && (double.IsFinite(value) || !text.Any(char.IsAsciiDigit)) ? value : throw Expected("a number", text);
    }

    private static bool ParseBool(string text) => text switch
    {
        "true" or "True" or "TRUE" or "t" or "T" or "1" => true,
        "false" or "False" or "FALSE" or "f" or "F" or "0" => false,
        _ => throw Expected("true or false", text),
    };

    private static int ParseEnum(EnumDescriptor type, string text)
    {
        if (type.FindValueByName(text) is { } named)
        {
            return named.Number;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && type.FindValueByNumber(number) is not null)
        {
            return number;
        }

        throw Expected("one of " + string.Join(", ", type.Values.Select(v => v.Name)), text);
    }

    private static ByteString ParseBytes(string text)
    {
        try
        {
            var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
            return ByteString.FromBase64(standard.PadRight((standard.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            throw Expected("base64", text);
        }
    }

    private static FormatException Expected(string what, string text) => new($"expected {what}, not '{text}'");
}
