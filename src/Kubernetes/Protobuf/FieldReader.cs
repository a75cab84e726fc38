
namespace Wego.Kubernetes.Protobuf;

/// <summary>Walks over the fields of a message without copying them, as the library's reader does not over spans.</summary>
internal ref struct FieldReader
{
    private readonly ReadOnlySpan<byte> _message;
    private int _next;

    public FieldReader(ReadOnlySpan<byte> message, int start)
    {
        _message = message;
        _next = start;
    }

    /// <summary>Number and wire type of the field.</summary>
    public uint Tag { get; private set; }

    /// <summary>Where the field's bytes begin; for fields with a length only.</summary>
    public int Start { get; private set; }

    /// <summary>How many bytes the field has; for fields with a length only.</summary>
    public int Length { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="FormatException">The message is cut off, or is none.</exception>
    public bool Next()
    {
        if (_next == _message.Length)
        {
            return false;
        }

        Tag = (uint)ReadVarint();
        switch (Tag & 7)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                Skip(sizeof(ulong));
                break;
            case 2:
                Length = (int)Math.Min(ReadVarint(), int.MaxValue);
                Start = _next;
                Skip(Length);
                break;
            case 5:
                Skip(sizeof(uint));
                break;
            default:
                throw Malformed();
        }

        return true;
    }

    private void Skip(int count)
    {
        if (count > _message.Length - _next)
        {
            throw Malformed();
        }

        _next += count;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_next == _message.Length)
            {
                break;
            }

            var part = _message[_next++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Malformed();
    }

    private static FormatException Malformed() => new("The message is cut off, or is no protobuf.");
}
