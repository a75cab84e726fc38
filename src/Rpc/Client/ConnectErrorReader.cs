using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Wego.Rpc.Connect;

namespace Wego.Rpc.Client;

/// <summary>Reads Connect's JSON errors.</summary>
internal static class ConnectErrorReader
{
    /// <summary>Reads the body of a failed unary call; what is no Connect error is explained by its HTTP status.</summary>
    public static RpcStatus Read(byte[] body, int httpStatus)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (Read(json.RootElement) is { } status)
            {
                return status;
            }
        }
        catch (JsonException)
        {
            // A proxy's page, for example.
        }

        return new RpcStatus(ConnectCode.FromHttpStatus(httpStatus), $"The server answered with HTTP status {httpStatus} and no Connect error.");
    }

    /// <summary>Reads an end-stream message.</summary>
    /// <exception cref="RpcException">The call failed, or the message is malformed.</exception>
    public static void ReadEndStream(in ReadOnlySequence<byte> payload, IHeaderDictionary trailers)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.TryGetProperty("metadata"u8, out var metadata))
            {
                foreach (var header in metadata.EnumerateObject())
                {
                    trailers.Append(header.Name, header.Value.EnumerateArray().Select(v => v.GetString()).ToArray());
                }
            }

            if (json.RootElement.TryGetProperty("error"u8, out var error))
            {
                throw new RpcException(Read(error) ?? new RpcStatus(RpcStatusCode.Unknown, "The server failed without saying why."));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RpcException(RpcStatusCode.Internal, "The server's end-stream message is malformed.", innerException: e);
        }
    }

    private static RpcStatus? Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || ConnectCode.Parse(GetString(error, "code")) is not { } code)
        {
            return null;
        }

        var details = new List<Any>();
        if (error.TryGetProperty("details"u8, out var array) && array.ValueKind == JsonValueKind.Array)
        {
            foreach (var detail in array.EnumerateArray())
            {
                if (GetString(detail, "type") is { } type && RpcMetadata.Decode(GetString(detail, "value") ?? string.Empty) is { } value)
                {
                    details.Add(new Any { TypeUrl = "type.googleapis.com/" + type, Value = ByteString.CopyFrom(value) });
                }
            }
        }

        return new RpcStatus(code, GetString(error, "message") ?? string.Empty, details);
    }

    private static string? GetString(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
