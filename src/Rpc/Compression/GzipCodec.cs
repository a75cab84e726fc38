using System.Buffers;
using System.IO.Compression;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Compression;

/// <summary>gzip for single messages. Decompression stops at a limit, so that a small request cannot fill the memory.</summary>
internal static class GzipCodec
{
    public const string Name = "gzip";

    /// <summary>What this server can read and write, as the accept headers of all protocols want it.</summary>
    public const string AcceptedEncodings = "gzip,identity";

    /// <summary>Decompresses a message; the caller disposes what is returned.</summary>
    /// <exception cref="RpcException">
    /// <see cref="RpcStatusCode.ResourceExhausted"/>: more than <paramref name="limit"/> bytes;
    /// <see cref="RpcStatusCode.InvalidArgument"/>: damaged or truncated.
    /// </exception>
    public static PooledBuffer Decompress(in ReadOnlySequence<byte> compressed, int? limit)
    {
        var output = new PooledBuffer((int)Math.Min(4 * compressed.Length, 64 * 1024));
        try
        {
            using var gzip = new GZipStream(new SequenceStream(compressed), CompressionMode.Decompress);
            while (gzip.Read(output.GetSpan()) is > 0 and var count)
            {
                output.Advance(count);
                if (output.Written.Length > limit)
                {
                    throw MessageLimits.TooLargeToReceive(limit.Value);
                }
            }

            RequireWhole(compressed, output.Written.Length);
            return output;
        }
        catch (InvalidDataException e)
        {
            output.Dispose();
            throw Damaged(e);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Compresses a message; the caller disposes what is returned.</summary>
    public static PooledBuffer Compress(in EncodedMessage message)
    {
        using var plain = new PooledBuffer(message.Size);
        message.WriteTo(plain);
        return Compress(plain.Written.Span);
    }

    /// <summary>Compresses bytes; the caller disposes what is returned.</summary>
    public static PooledBuffer Compress(ReadOnlySpan<byte> plain)
    {
        var output = new PooledBuffer(Math.Max(plain.Length / 2, 256));
        using var gzip = new GZipStream(new BufferWriterStream(output), CompressionLevel.Fastest);
        gzip.Write(plain);
        return output;
    }

    // A decompressor that runs out of input need not complain. The trailer's last four bytes are the size modulo 2^32 (RFC 1952, 2.3.1).
    private static void RequireWhole(in ReadOnlySequence<byte> compressed, int size)
    {
        Span<byte> trailer = stackalloc byte[4];
        if (compressed.Length < 18)
        {
            throw Damaged(null);
        }

        compressed.Slice(compressed.Length - 4).CopyTo(trailer);
        if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)size)
        {
            throw Damaged(null);
        }
    }

    private static RpcException Damaged(Exception? cause) =>
        new(RpcStatusCode.InvalidArgument, "The message is marked as compressed but is not a whole gzip stream.", innerException: cause);
}
