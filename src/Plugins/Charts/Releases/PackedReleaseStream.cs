using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Charts;

/// <summary>
/// The packed data of a release: key <c>release</c> holds base64 of gzip of JSON, in a Secret with the base64 of Secrets around it.
/// Decoded as it is read, since a list needs only its beginning.
/// </summary>
internal sealed class PackedReleaseStream : Stream
{
    // Sixteen characters are nine bytes through two layers and twelve through one, so that no group of base64 is ever cut.
    private const int ChunkLength = 16 * 512;

    private readonly JsonElement _data;
    private readonly byte[]? _unescaped;
    private readonly int _layers;
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
    private int _textPosition;
    private int _delivered;
    private int _position;
    private int _length;

    private PackedReleaseStream(JsonElement data, int layers)
    {
        _data = data;
        _layers = layers;

        // JSON may write '/' and '+', which base64 has, with a backslash.
        _unescaped = JsonMarshal.GetRawUtf8Value(data).Contains((byte)'\\') ? System.Text.Encoding.UTF8.GetBytes(data.GetString()!) : null;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b, 0x08];

    // The text between its quotes, as it came over the wire: a string of it would take twice the room.
    private ReadOnlySpan<byte> Text => _unescaped ?? JsonMarshal.GetRawUtf8Value(_data)[1..^1];

    /// <summary>
    /// The JSON of a release. Helm reads releases that were stored without gzip, and so does this. Reading throws
    /// <see cref="InvalidDataException"/> where it was packed badly.
    /// </summary>
    /// <exception cref="ReleaseDataException">There is no data, or it is not base64; also while reading.</exception>
    public static Stream OpenJson(KubernetesObject obj)
    {
        var data = obj.Find("data", "release");
        if (data.ValueKind != JsonValueKind.String)
        {
            throw new ReleaseDataException("it has no key 'release'");
        }

        var packed = new PackedReleaseStream(data, obj.Kind == "Secret" ? 2 : 1);
        try
        {
            packed.Fill();
            return packed._chunk.AsSpan(0, packed._length).StartsWith(GzipMagic) ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length)
        {
            Fill();
        }

        var count = Math.Min(buffer.Length, _length - _position);
        _chunk.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _chunk.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_chunk);
            _chunk = [];
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        var text = Text;
        _delivered += _length;
        _position = 0;
        _length = Math.Min(ChunkLength, text.Length - _textPosition);
        text.Slice(_textPosition, _length).CopyTo(_chunk);
        _textPosition += _length;
        if (!TryDecode())
        {
            FillWithRest(text);
        }
    }

    /// <summary>White space, which base64 may hold, moves the groups, and only the whole can be decoded.</summary>
    private void FillWithRest(ReadOnlySpan<byte> text)
    {
        ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(_chunk);
        (_position, _length, _textPosition) = (_delivered, text.Length, text.Length);
        if (!TryDecode() || _length < _position)
        {
            throw new ReleaseDataException("its data is not base64, or was cut off");
        }
    }

    private bool TryDecode()
    {
        for (var layer = 0; layer < _layers; layer++)
        {
            if (Base64.DecodeFromUtf8InPlace(_chunk.AsSpan(0, _length), out _length) != OperationStatus.Done)
            {
                return false;
            }
        }

        return true;
    }
}
