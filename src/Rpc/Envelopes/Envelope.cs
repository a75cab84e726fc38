using System.Buffers;
using System.Buffers.Binary;

namespace Wego.Rpc.Envelopes;

/// <summary>
/// The frame that gRPC ("Length-Prefixed-Message"), gRPC-Web and Connect streams share: one byte of flags, the payload's length
/// as four bytes in network order, the payload.
/// </summary>
internal static class Envelope
{
    public const int HeaderSize = 5;

    /// <summary>Takes an envelope from the front of a buffer; false where it is not complete yet.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.ResourceExhausted"/>: it announces more than <paramref name="limit"/> bytes.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int? limit, out EnvelopeFlags flags, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        flags = EnvelopeFlags.None;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[HeaderSize];
        scoped var header = buffer.FirstSpan;
        if (header.Length < HeaderSize)
        {
            buffer.Slice(0, HeaderSize).CopyTo(copy);
            header = copy;
        }

        flags = (EnvelopeFlags)header[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(limit ?? int.MaxValue))
        {
            throw Codecs.MessageLimits.TooLargeToReceive(limit ?? int.MaxValue);
        }

        if (buffer.Length - HeaderSize < length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderSize, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }

    /// <summary>Writes the header of an envelope.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, EnvelopeFlags flags, int length)
    {
        WriteHeader(output.GetSpan(HeaderSize), flags, length);
        output.Advance(HeaderSize);
    }

    /// <summary>Writes the header of an envelope to the front of a span.</summary>
    public static void WriteHeader(Span<byte> output, EnvelopeFlags flags, int length)
    {
        output[0] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(output[1..], length);
    }
}
