using System.Buffers.Binary;
using System.Text;

namespace Wego.Perf.Rpc;

/// <summary>The frames of one gRPC request (RFC 9113; headers as in RFC 7541), made once and then only numbered.</summary>
internal sealed class RequestFrames
{
    private const int FrameHeader = 9;
    private const byte Data = 0, Headers = 1;
    private const byte EndStream = 1, EndHeaders = 4;
    private const int StreamIdOffset = 5;

    private readonly byte[] _first;
    private readonly byte[] _next;
    private readonly int _firstData;
    private readonly int _nextData;

    public RequestFrames(Uri address, string path, byte[] body)
    {
        Body = body.Length;

        // As real clients do: the first request puts its headers into the connection's table, the others refer to them.
        // 0x83 and 0x86 are ":method POST" and ":scheme http" of the static table.
        var headers = new MemoryStream();
        headers.Write([0x83, 0x86]);
        Insert(headers, 0x40 | 4, path);
        Insert(headers, 0x40 | 1, address.Authority);
        Insert(headers, 0x40 | 31, "application/grpc");
        headers.Write([0x40]);
        Text(headers, "te");
        Text(headers, "trailers");
        (_first, _firstData) = Frames(headers.ToArray(), body);
        (_next, _nextData) = Frames([0x83, 0x86, 0x80 | 65, 0x80 | 64, 0x80 | 63, 0x80 | 62], body);
    }

    /// <summary>How many bytes of one request count against the connection's window.</summary>
    public int Body { get; }

    /// <summary>Writes the frames of the request that is the given stream.</summary>
    public void Write(Stream output, int stream)
    {
        var (frames, data) = stream == 1 ? (_first, _firstData) : (_next, _nextData);
        BinaryPrimitives.WriteInt32BigEndian(frames.AsSpan(StreamIdOffset), stream);
        BinaryPrimitives.WriteInt32BigEndian(frames.AsSpan(data + StreamIdOffset), stream);
        output.Write(frames);
    }

    /// <summary>A frame's nine bytes before its payload.</summary>
    public static byte[] Header(int length, byte type, byte flags)
    {
        var header = new byte[FrameHeader];
        BinaryPrimitives.WriteInt32BigEndian(header, length << 8);
        (header[3], header[4]) = (type, flags);
        return header;
    }

    private static (byte[] Frames, int Data) Frames(byte[] headers, byte[] body) => (
        [.. Header(headers.Length, Headers, EndHeaders), .. headers, .. Header(body.Length, Data, EndStream), .. body],
        FrameHeader + headers.Length);

    private static void Insert(MemoryStream output, byte name, string value)
    {
        output.WriteByte(name);
        Text(output, value);
    }

    // Plain, not Huffman coded; shorter than 127 bytes.
    private static void Text(MemoryStream output, string value)
    {
        output.WriteByte(checked((byte)Encoding.ASCII.GetByteCount(value)));
        output.Write(Encoding.ASCII.GetBytes(value));
    }
}
