using System.Buffers;
using System.Text;
using Google.Protobuf;

namespace Wego.Rpc.Codecs;

/// <summary>A message about to be written: its size and a way to write it where the transport wants it, without a copy in between.</summary>
internal readonly struct EncodedMessage
{
    // Kestrel's blocks are this large; a message that fits is written to one span.
    private const int SmallMessage = 4096 - 64;

    private readonly IMessage? _message;
    private readonly string? _text;

    public EncodedMessage(IMessage message)
    {
        _message = message;
        Size = message.CalculateSize();
    }

    public EncodedMessage(string text)
    {
        _text = text;
        Size = Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>The size in bytes.</summary>
    public int Size { get; }

    /// <summary>True where the message and a frame's header fit into one span.</summary>
    public bool IsSmall => _message is not null && Size <= SmallMessage;

    /// <summary>Writes a small message to a span of its size.</summary>
    public void WriteTo(Span<byte> output) => _message!.WriteTo(output);

    /// <summary>Writes the message and advances.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (_text is not null)
        {
            Encoding.UTF8.GetBytes(_text, output);
        }
        else if (IsSmall)
        {
            _message!.WriteTo(output.GetSpan(Size)[..Size]);
            output.Advance(Size);
        }
        else
        {
            // Protobuf advances by nothing before it asks for memory, which Kestrel refuses on a response that has just begun.
            _ = output.GetSpan(1);
            _message!.WriteTo(output);
        }
    }
}
