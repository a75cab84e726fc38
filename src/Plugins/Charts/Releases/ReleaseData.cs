using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Charts;

/// <summary>
/// The packed data of a release, in memory that is given back on disposal: key <c>release</c> holds base64 of gzip of JSON, in a
/// Secret with the base64 of Secrets around it. Helm reads releases that were stored without gzip, and so does this.
/// </summary>
internal sealed class ReleaseData : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private ReleaseData(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b, 0x08];

    /// <exception cref="ReleaseDataException">There is no data, or it is not base64.</exception>
    public static ReleaseData Unwrap(KubernetesObject obj)
    {
        var data = obj.Find("data", "release");
        if (data.ValueKind != JsonValueKind.String)
        {
            throw new ReleaseDataException("it has no key 'release'");
        }

        // The text between its quotes, as it came over the wire: a string of it would take twice the room.
        var text = JsonMarshal.GetRawUtf8Value(data)[1..^1];
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(text.Length, 1));
        try
        {
            var length = Unescape(text, buffer);
            for (var layers = obj.Kind == "Secret" ? 2 : 1; layers > 0; layers--)
            {
                if (Base64.DecodeFromUtf8InPlace(buffer.AsSpan(0, length), out length) != OperationStatus.Done)
                {
                    throw new ReleaseDataException("its data is not base64, or was cut off");
                }
            }

            return new ReleaseData(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>The JSON. Reading it throws <see cref="InvalidDataException"/> where it was packed badly.</summary>
    public Stream Open()
    {
        var packed = new MemoryStream(_buffer, 0, _length, writable: false);
        return _buffer.AsSpan(0, _length).StartsWith(GzipMagic) ? new GZipStream(packed, CompressionMode.Decompress) : packed;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // JSON may write '/' and '+', which base64 has, with a backslash.
    private static int Unescape(ReadOnlySpan<byte> text, byte[] buffer)
    {
        if (!text.Contains((byte)'\\'))
        {
            text.CopyTo(buffer);
            return text.Length;
        }

        var reader = new Utf8JsonReader([(byte)'"', .. text, (byte)'"']);
        reader.Read();
        return reader.CopyString(buffer);
    }
}
