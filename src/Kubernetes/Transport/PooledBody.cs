using System.Buffers;

namespace Wego.Kubernetes;

/// <summary>A response body in a rented buffer.</summary>
internal struct PooledBody : IDisposable
{
    private byte[]? _buffer;

    private PooledBody(byte[] buffer, int length, bool isTruncated)
    {
        _buffer = buffer;
        Length = length;
        IsTruncated = isTruncated;
    }

    public int Length { get; }

    /// <summary>Whether the body is longer than the limit; what is here is its beginning.</summary>
    public bool IsTruncated { get; }

    public readonly ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public readonly ReadOnlySpan<byte> Span => Memory.Span;

    public static async Task<PooledBody> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var expected = content.Headers.ContentLength is { } length and > 0 && length < limit ? (int)length + 1 : 16 * 1024;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(expected, limit));
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, limit);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(filled, Math.Min(buffer.Length, limit + 1) - filled), cancellationToken);
                if (read == 0)
                {
                    return new PooledBody(buffer, filled, isTruncated: false);
                }

                filled += read;
                if (filled > limit)
                {
                    return new PooledBody(buffer, limit, isTruncated: true);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            // Secrets pass through here.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static byte[] Grow(byte[] buffer, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, (long)limit + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
