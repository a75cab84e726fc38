using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Kubernetes.Protobuf;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Protobuf;

/// <summary>
/// Reads bodies in the protobuf encoding of the Kubernetes API (<c>application/vnd.kubernetes.protobuf</c>), which kubectl
/// prefers for what it builds itself. Answers are always JSON, which such clients accept too.
/// </summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <exception cref="ApiException">400: no such encoding; 415: a kind or field that is not known in it.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw ApiErrors.BadRequest("the protobuf body does not begin with its magic number");
        }

        try
        {
            var envelope = new ProtobufReader(body[Magic.Length..]);
            var (apiVersion, kind) = ("", "");
            ReadOnlySpan<byte> raw = [];
            while (envelope.Next(out var field, out _, out var bytes))
            {
                switch (field)
                {
                    case 1:
                        (apiVersion, kind) = ReadType(bytes);
                        break;
                    case 2:
                        raw = bytes;
                        break;
                }
            }

            var message = ProtobufMessages.Find(kind) ?? throw Unknown($"kind {kind}");
            var result = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
            Fill(result, message, raw);
            return result;
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest($"the protobuf body is malformed: {e.Message}");
        }
    }

    private static (string ApiVersion, string Kind) ReadType(ReadOnlySpan<byte> bytes)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new ProtobufReader(bytes);
        while (reader.Next(out var field, out _, out var value))
        {
            if (field == 1)
            {
                apiVersion = Encoding.UTF8.GetString(value);
            }
            else
            {
                kind = Encoding.UTF8.GetString(value);
            }
        }

        return (apiVersion, kind);
    }

    private static void Fill(JsonObject target, ProtobufMessage message, ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        while (reader.Next(out var number, out var varint, out var value))
        {
            if (message.Field(number) is not { } field)
            {
                throw Unknown($"field {number} of {message.Name}");
            }

            if (field.IsMap)
            {
                var (key, item) = ReadEntry(field, value);
                Map(target, field.Name)[key] = item;
            }
            else if (field.IsRepeated)
            {
                List(target, field.Name).Add(Value(field, varint, value));
            }
            else if (Value(field, varint, value) is { } single && !IsDefault(field, single))
            {
                target[field.Name] = single;
            }
        }
    }

    private static JsonObject Map(JsonObject target, string name)
    {
        if (target[name] is not JsonObject map)
        {
            target[name] = map = [];
        }

        return map;
    }

    private static JsonArray List(JsonObject target, string name)
    {
        if (target[name] is not JsonArray list)
        {
            target[name] = list = [];
        }

        return list;
    }

    private static (string Key, JsonNode? Value) ReadEntry(ProtobufField field, ReadOnlySpan<byte> bytes)
    {
        var key = "";
        JsonNode? item = field.Type is "bytes" or "string" ? "" : null;
        var reader = new ProtobufReader(bytes);
        while (reader.Next(out var number, out var varint, out var value))
        {
            if (number == 1)
            {
                key = Encoding.UTF8.GetString(value);
            }
            else
            {
                item = Value(field, varint, value);
            }
        }

        return (key, item);
    }

    /// <summary>Required fields are always on the wire, with their zero values where they are unset.</summary>
    private static bool IsDefault(ProtobufField field, JsonNode value) => !field.KeepsZero && value switch
    {
        JsonValue v when v.TryGetValue<string>(out var text) => text.Length == 0,
        JsonValue v when v.TryGetValue<long>(out var number) => number == 0,
        JsonValue v when v.TryGetValue<bool>(out var flag) => !flag,
        JsonObject o => o.Count == 0,
        _ => false,
    };

    private static JsonNode? Value(ProtobufField field, ulong varint, ReadOnlySpan<byte> bytes)
    {
        switch (field.Type)
        {
            case "string":
                return Encoding.UTF8.GetString(bytes);
            case "bytes":
                return Convert.ToBase64String(bytes);
            case "bool":
                return varint != 0;
            case "int":
                return (long)varint;
            case "Ignored":
                return null;
            case "Time":
                return Time(bytes);
            case "IntOrString":
                return IntOrString(bytes);
            case "Quantity":
                return Quantity(bytes);
            default:
                var nested = new JsonObject();
                Fill(nested, ProtobufMessages.Get(field.Type), bytes);
                return nested;
        }
    }

    private static string? Time(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        string? time = null;
        while (reader.Next(out var number, out var varint, out _))
        {
            if (number == 1 && varint != 0)
            {
                time = KubernetesTime.Format(DateTimeOffset.FromUnixTimeSeconds((long)varint));
            }
        }

        return time;
    }

    private static JsonNode? IntOrString(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        var (isText, number, text) = (false, 0L, "");
        while (reader.Next(out var field, out var varint, out var value))
        {
            switch (field)
            {
                case 1:
                    isText = varint == 1;
                    break;
                case 2:
                    number = (long)varint;
                    break;
                default:
                    text = Encoding.UTF8.GetString(value);
                    break;
            }
        }

        return isText ? text : number;
    }

    private static string Quantity(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        var text = "";
        while (reader.Next(out _, out _, out var value))
        {
            text = Encoding.UTF8.GetString(value);
        }

        return text;
    }

    private static ApiException Unknown(string what) =>
        new(415, "UnsupportedMediaType", $"the sandbox does not know {what} in protobuf; send application/json");
}
