using System.Buffers;
using Google.Protobuf;
using Wego.Rpc.Envelopes;

namespace Wego.Rpc.Client;

/// <summary>Puts a request into an envelope.</summary>
internal static class Enveloped
{
    public static byte[] Serialize(IMessage message)
    {
        var size = message.CalculateSize();
        var body = new ArrayBufferWriter<byte>(Envelope.HeaderSize + size);
        Envelope.WriteHeader(body, EnvelopeFlags.None, size);
        message.WriteTo(body);
        return body.WrittenSpan.ToArray();
    }
}
