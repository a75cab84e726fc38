using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Wego.Rpc.GrpcWeb;

/// <summary>Decodes base64 as it comes. Padding may stand wherever the sender flushed, not only at the end.</summary>
internal sealed class Base64Stream(PipeReader input) : Stream
{
    private const int GroupSize = 4;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var encoded = result.Buffer;
            var consumed = encoded.Start;
            try
            {
                var taken = Decode(encoded, buffer.Span, out var written);
                consumed = encoded.GetPosition(taken);
                if (written > 0)
                {
                    return written;
                }

                if (result.IsCompleted)
                {
                    return encoded.Length == taken ? 0 : throw NotBase64();
                }
            }
            finally
            {
                input.AdvanceTo(consumed, encoded.End);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Takes whole groups, up to the first padding, as many as the target can hold.
    private static int Decode(in ReadOnlySequence<byte> encoded, Span<byte> target, out int written)
    {
        written = 0;
        var length = (int)Math.Min(encoded.Length, Math.Min(target.Length / 3 * GroupSize, 16 * 1024));
        length -= length % GroupSize;
        if (length == 0)
        {
            return 0;
        }

        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var text = copy.AsSpan(0, length);
            encoded.Slice(0, length).CopyTo(text);
            var padding = text.IndexOf((byte)'=');
            if (padding >= 0)
            {
                text = text[..((padding / GroupSize * GroupSize) + GroupSize)];
            }

            return Base64.DecodeFromUtf8(text, target, out var taken, out written) == OperationStatus.Done && taken == text.Length
                ? taken
                : throw NotBase64();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static RpcException NotBase64() =>
        new(RpcStatusCode.InvalidArgument, "The body of a grpc-web-text request is not base64.");
}
