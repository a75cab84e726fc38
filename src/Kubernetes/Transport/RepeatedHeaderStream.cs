using System.Buffers;

namespace Wego.Kubernetes;

/// <summary>
/// An HTTP/1.1 connection that writes the placeholders of <see cref="RepeatedHeaders"/> as line breaks. Bodies pass unchanged: they are
/// JSON, which never holds those bytes.
/// </summary>
internal sealed class RepeatedHeaderStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!HasPlaceholder(buffer))
        {
            inner.Write(buffer);
            return;
        }

        using var copy = MemoryPool<byte>.Shared.Rent(buffer.Length);
        Replace(buffer, copy.Memory.Span);
        inner.Write(copy.Memory.Span[..buffer.Length]);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        HasPlaceholder(buffer.Span) ? WriteReplacedAsync(buffer, cancellationToken) : inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool HasPlaceholder(ReadOnlySpan<byte> bytes) => bytes.ContainsAny(RepeatedHeaders.CarriageReturn, RepeatedHeaders.LineFeed);

    private static void Replace(ReadOnlySpan<byte> from, Span<byte> to)
    {
        to = to[..from.Length];
        from.CopyTo(to);
        to.Replace(RepeatedHeaders.CarriageReturn, (byte)'\r');
        to.Replace(RepeatedHeaders.LineFeed, (byte)'\n');
    }

    private async ValueTask WriteReplacedAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        using var copy = MemoryPool<byte>.Shared.Rent(buffer.Length);
        Replace(buffer.Span, copy.Memory.Span);
        await inner.WriteAsync(copy.Memory[..buffer.Length], cancellationToken);
    }
}
