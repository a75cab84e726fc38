using Google.Protobuf;
using Wego.Kubernetes.Protobuf;

namespace Wego.Kubernetes.Tests.Protobuf;

/// <summary>Answers as an API server encodes them in protobuf.</summary>
internal static class ProtobufBytes
{
    public static byte[] Answer(string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Field(1, new TypeMeta { ApiVersion = "v1", Kind = kind }.ToByteArray()), .. Field(2, raw), .. Field(4, [])];

    public static byte[] List(ListMeta metadata, params Secret[] items) =>
        [.. Field(1, metadata.ToByteArray()), .. items.SelectMany(i => Field(2, i.ToByteArray()))];

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
