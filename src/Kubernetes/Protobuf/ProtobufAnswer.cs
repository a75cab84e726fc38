using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf;

namespace Wego.Kubernetes.Protobuf;

/// <summary>
/// Reads what the API server answers in its protobuf encoding: lists of Secrets, which Wego asks for in it because it costs the
/// server half of what JSON does, and refusals. Both become what their JSON would have become.
/// </summary>
internal static class ProtobufAnswer
{
    /// <summary>What to accept: protobuf, or JSON from those who know no protobuf.</summary>
    public const string Accept = "application/vnd.kubernetes.protobuf,application/json";

    private const int TypeMetaField = 1;
    private const int RawField = 2;
    private const int ListMetaField = 1;
    private const int ItemsField = 2;

    private static readonly MessageParser<Secret> s_secrets = Secret.Parser.WithDiscardUnknownFields(discardUnknownFields: true);

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether an answer is encoded so; JSON never begins like this.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => body.StartsWith(Magic);

    /// <summary>Reads a list of Secrets.</summary>
    /// <exception cref="KubernetesException">It is none.</exception>
    public static KubernetesList ReadSecrets(ApiRequest request, ReadOnlySpan<byte> body)
    {
        try
        {
            return Open(body, out var list) is { ApiVersion: "v1", Kind: "SecretList" } ? ReadSecrets(list) : throw ObjectReader.NotAnObject(request);
        }
        catch (Exception e) when (IsBadData(e))
        {
            throw ObjectReader.NotAnObject(request, e);
        }
    }

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

    /// <summary>One item at a time, so that a page never exists twice.</summary>
    private static KubernetesList ReadSecrets(ReadOnlySpan<byte> list)
    {
        var items = ImmutableArray.CreateBuilder<KubernetesObject>();
        var metadata = new ListMeta();
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var reader = new ProtobufReader(list);
        while (reader.Next(out var field, out _, out var bytes))
        {
            switch (field)
            {
                case ListMetaField:
                    metadata = ListMeta.Parser.ParseFrom(bytes);
                    break;
                case ItemsField:
                    buffer.ResetWrittenCount();
                    json.Reset();
                    SecretJson.Write(json, s_secrets.ParseFrom(bytes));
                    json.Flush();
                    items.Add(KubernetesObject.Parse(buffer.WrittenSpan));
                    break;
            }
        }

        return new KubernetesList(items.DrainToImmutable(), metadata.ResourceVersion, metadata.Continue.Length == 0 ? null : metadata.Continue);
    }

    // A time that no calendar has is out of range; what managed fields hold may be no JSON.
    private static bool IsBadData(Exception e) => e is InvalidProtocolBufferException or FormatException or JsonException or ArgumentException;
}
