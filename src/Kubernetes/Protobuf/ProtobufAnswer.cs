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

    private const uint TypeMetaTag = (1 << 3) | 2;
    private const uint RawTag = (2 << 3) | 2;
    private const uint ListMetaTag = (1 << 3) | 2;
    private const uint ItemTag = (2 << 3) | 2;

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
            var (type, start, length) = Open(body);
            return type is { ApiVersion: "v1", Kind: "SecretList" } ? ReadSecrets(body.Slice(start, length)) : throw ObjectReader.NotAnObject(request);
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
            var (type, start, length) = Open(body);
            return type.Kind == "Status" ? StatusJson.Convert(Status.Parser.ParseFrom(body.Slice(start, length))) : null;
        }
        catch (Exception e) when (IsBadData(e))
        {
            return null;
        }
    }

    /// <summary>The envelope: the kind of the object, and where its bytes are.</summary>
    private static (TypeMeta Type, int Start, int Length) Open(ReadOnlySpan<byte> body)
    {
        var (type, start, length) = (new TypeMeta(), 0, 0);
        var fields = new FieldReader(body, Magic.Length);
        while (fields.Next())
        {
            switch (fields.Tag)
            {
                case TypeMetaTag:
                    type = TypeMeta.Parser.ParseFrom(body.Slice(fields.Start, fields.Length));
                    break;
                case RawTag:
                    (start, length) = (fields.Start, fields.Length);
                    break;
            }
        }

        return (type, start, length);
    }

    /// <summary>One item at a time, so that a page never exists twice.</summary>
    private static KubernetesList ReadSecrets(ReadOnlySpan<byte> list)
    {
        var items = ImmutableArray.CreateBuilder<KubernetesObject>();
        var metadata = new ListMeta();
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var fields = new FieldReader(list, start: 0);
        while (fields.Next())
        {
            switch (fields.Tag)
            {
                case ListMetaTag:
                    metadata = ListMeta.Parser.ParseFrom(list.Slice(fields.Start, fields.Length));
                    break;
                case ItemTag:
                    buffer.ResetWrittenCount();
                    json.Reset();
                    SecretJson.Write(json, s_secrets.ParseFrom(list.Slice(fields.Start, fields.Length)));
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
