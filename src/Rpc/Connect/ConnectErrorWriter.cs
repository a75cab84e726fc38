using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Wego.Rpc.Connect;

/// <summary>Writes statuses as Connect's JSON errors.</summary>
internal sealed class ConnectErrorWriter(RpcMethodRegistry registry)
{
    /// <summary>Sent as JSON, never as HTML, so that text stays readable.</summary>
    public static JsonWriterOptions JsonOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(Utf8JsonWriter json, RpcStatus status)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, ConnectCode.Name(status.Code));
        if (status.Message.Length > 0)
        {
            json.WriteString("message"u8, status.Message);
        }

        if (status.Details.Count > 0)
        {
            json.WriteStartArray("details"u8);
            foreach (var detail in status.Details)
            {
                Write(json, detail);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Any detail)
    {
        var type = detail.TypeUrl[(detail.TypeUrl.LastIndexOf('/') + 1)..];
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("value"u8, RpcMetadata.Encode(detail.Value.Span));
        if (registry.Types.Find(type) is { } descriptor)
        {
            json.WritePropertyName("debug"u8);
            json.WriteRawValue(registry.JsonFormatter.Format(descriptor.Parser.ParseFrom(detail.Value)));
        }

        json.WriteEndObject();
    }
}
