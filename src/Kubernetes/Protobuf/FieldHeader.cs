namespace Wego.Kubernetes.Protobuf;

/// <summary>What comes before the content of a field in a protobuf message, read from bytes that may end anywhere.</summary>
/// <param name="Field">The field's number.</param>
/// <param name="Length">The length of its content in bytes; 0 for a varint, which is part of the header here.</param>
internal readonly record struct FieldHeader(int Field, int Length)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;
    private const int LongestVarint = 10;

    /// <summary>Reads the header of the next field, or says that more bytes are needed.</summary>
    /// <param name="bytes">What is here.</param>
    /// <param name="header">The header.</param>
    /// <param name="read">How many bytes it has.</param>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldHeader header, out int read)
    {
        header = default;
        read = 0;
        if (!TryReadVarint(bytes, out var tag, ref read))
        {
            return false;
        }

        var field = (int)(tag >> 3);
        switch ((int)tag & 7)
        {
            case Varint:
                header = new FieldHeader(field, 0);
                return TryReadVarint(bytes, out _, ref read);
            case Fixed64:
                header = new FieldHeader(field, sizeof(ulong));
                return true;
            case Delimited when TryReadVarint(bytes, out var length, ref read):
                header = length <= int.MaxValue ? new FieldHeader(field, (int)length) : throw new FormatException($"a field of {length} bytes");
                return true;
            case Delimited:
                return false;
            case Fixed32:
                header = new FieldHeader(field, sizeof(uint));
                return true;
            default:
                throw new FormatException($"wire type {tag & 7} of field {field}");
        }
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong value, ref int read)
    {
        value = 0;
        for (var i = 0; i < LongestVarint; i++)
        {
            if (read == bytes.Length)
            {
                return false;
            }

            var next = bytes[read++];
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }

        throw new FormatException($"a number of more than {LongestVarint} bytes");
    }
}
