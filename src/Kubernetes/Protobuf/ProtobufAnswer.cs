using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;

namespace Wego.Kubernetes.Protobuf;

/// <summary>
/// The API server's protobuf encoding, in which Wego asks for lists of Secrets because it costs the server half of what JSON does:
/// how to know it, and how to read a refusal in it.
/// </summary>
internal static class ProtobufAnswer
{
    /// <summary>What to accept: protobuf, or JSON from those who know no protobuf.</summary>
    public const string Accept = $"{MediaType},application/json";

    /// <summary>What every answer begins with has so many bytes.</summary>
    public const int MagicLength = 4;

    /// <summary>The field of the envelope that tells the kind.</summary>
    public const int TypeMetaField = 1;

    /// <summary>The field of the envelope that holds the object.</summary>
    public const int RawField = 2;

    private const string MediaType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether an answer is encoded so; JSON never begins like this.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => body.StartsWith(Magic);

    /// <summary>Whether an answer says that it is.</summary>
    public static bool Is(MediaTypeHeaderValue? type) => type?.MediaType == MediaType;

    /// <summary>Reads a refusal as JSON would have it, or null where the answer is none.</summary>
    public static KubernetesObject? ReadStatus(ReadOnlySpan<byte> body)
    {
        try
        {
            return Open(body, out var status).Kind == "Status" ? StatusJson.Convert(Status.Parser.ParseFrom(status)) : null;
        }
        catch (Exception e) when (IsBadData(e))
        {
            return null;
        }
    }

    /// <summary>Whether an exception means bytes that cannot be read; a time that no calendar has is out of range, managed fields may be no JSON.</summary>
    public static bool IsBadData(Exception e) => e is InvalidProtocolBufferException or FormatException or JsonException or ArgumentException;

    /// <summary>Opens the envelope: the kind of the object, and its bytes.</summary>
    private static TypeMeta Open(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> raw)
    {
        var type = new TypeMeta();
        raw = default;
        var reader = new ProtobufReader(body[Magic.Length..]);
        while (reader.Next(out var field, out _, out var bytes))
        {
            switch (field)
            {
                case TypeMetaField:
                    type = TypeMeta.Parser.ParseFrom(bytes);
                    break;
                case RawField:
                    raw = bytes;
                    break;
            }
        }

        return type;
    }
}
