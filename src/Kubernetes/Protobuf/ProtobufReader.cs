using System.Buffers.Binary;

namespace Wego.Kubernetes.Protobuf;

/// <summary>Walks over the fields of one protobuf message without copying them, as the library's reader does not over spans.</summary>
/// <param name="bytes">The message.</param>
public ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Moves to the next field: a number for the scalar wire types, bytes for the length-delimited one. False at the end.</summary>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public bool Next(out int field, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        field = 0;
        number = 0;
        bytes = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                number = Varint();
                break;
            case 1:
                number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                bytes = Take(Varint());
                break;
            case 5:
                number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException($"wire type {tag & 7} of field {field}");
        }

        return true;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number of more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw new FormatException("it ends in the middle of a field");
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
