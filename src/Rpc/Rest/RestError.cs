using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Wego.Rpc.Rest;

/// <summary>The JSON form of a status: <c>{"code":5,"message":"…","details":[…]}</c>.</summary>
internal static class RestError
{
    // Errors are read by people; the answer is JSON and never part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(RpcStatus status, JsonFormatter formatter, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteNumber("code", (int)status.Code);
        writer.WriteString("message", status.Message);
        writer.WriteStartArray("details");
        foreach (var detail in status.Details)
        {
            WriteDetail(detail, formatter, writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDetail(Any detail, JsonFormatter formatter, Utf8JsonWriter writer)
    {
        string json;
        try
        {
            json = formatter.Format(detail);
        }
        catch (InvalidOperationException)
        {
            // Its type belongs to no service here, so that its fields have no names.
            writer.WriteStartObject();
            writer.WriteString("@type", detail.TypeUrl);
            writer.WriteString("value", detail.Value.ToBase64());
            writer.WriteEndObject();
            return;
        }

        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
