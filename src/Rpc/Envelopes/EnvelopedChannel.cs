using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Wego.Rpc.Codecs;
using Wego.Rpc.Compression;

namespace Wego.Rpc.Envelopes;

/// <summary>Messages in envelopes, read from the request's body and written to the response's.</summary>
internal class EnvelopedChannel(HttpContext http, RpcEndpoint endpoint, RpcContext context, EnvelopeSettings settings) : IRpcMessageChannel
{
    private readonly PipeReader _input = settings.Input ?? http.Request.BodyReader;
    private readonly bool _flushes = endpoint.Kind is RpcMethodKind.ServerStreaming or RpcMethodKind.BidiStreaming;
    private PipeWriter? _body;

    /// <summary>True once the response has begun, so that its headers can no longer change.</summary>
    public bool HasStarted => _body is not null;

    /// <summary>Where envelopes are written.</summary>
    protected virtual IBufferWriter<byte> Output => _body!;

    /// <summary>The response's body; null before the response has begun.</summary>
    protected PipeWriter Body => _body!;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var consumed = buffer.Start;
            var examined = buffer.End;
            try
            {
                if (Envelope.TryRead(ref buffer, settings.MaxReceiveSize, out var flags, out var payload))
                {
                    consumed = examined = payload.End;
                    return Parse(flags, payload);
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty
                        ? null
                        : throw new RpcException(RpcStatusCode.InvalidArgument, "The request ends in the middle of a message.");
                }
            }
            finally
            {
                _input.AdvanceTo(consumed, examined);
            }
        }
    }

    public ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        if (_body is null)
        {
            return StartAndWriteAsync(message, cancellationToken);
        }

        Write(message);
        return _flushes ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Begins the response; its headers are sent with the first bytes.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_body is not null)
        {
            return ValueTask.CompletedTask;
        }

        ResponseMetadata.CopyHeaders(context, http.Response.Headers);
        var started = http.Response.StartAsync(cancellationToken);
        _body = http.Response.BodyWriter;
        return new ValueTask(started);
    }

    /// <summary>Sends what has been written so far.</summary>
    public virtual async ValueTask FlushAsync(CancellationToken cancellationToken) => await _body!.FlushAsync(cancellationToken);

    /// <summary>Writes an envelope that holds no message.</summary>
    public void Write(EnvelopeFlags flags, ReadOnlySpan<byte> payload)
    {
        Envelope.WriteHeader(Output, flags, payload.Length);
        Output.Write(payload);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask StartAndWriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        Write(message);
        if (_flushes)
        {
            await FlushAsync(cancellationToken);
        }
    }

    private void Write(IMessage message)
    {
        var encoded = settings.Codec.Encode(message);
        if (encoded.Size > settings.MaxSendSize)
        {
            throw MessageLimits.TooLargeToSend(encoded.Size, settings.MaxSendSize.Value);
        }

        if (encoded.Size >= settings.CompressionThreshold)
        {
            using var compressed = GzipCodec.Compress(encoded);
            Write(EnvelopeFlags.Compressed, compressed.Written.Span);
            return;
        }

        if (encoded.IsSmall)
        {
            var length = Envelope.HeaderSize + encoded.Size;
            var span = Output.GetSpan(length);
            Envelope.WriteHeader(span, EnvelopeFlags.None, encoded.Size);
            encoded.WriteTo(span[Envelope.HeaderSize..length]);
            Output.Advance(length);
            return;
        }

        Envelope.WriteHeader(Output, EnvelopeFlags.None, encoded.Size);
        encoded.WriteTo(Output);
    }

    private IMessage Parse(EnvelopeFlags flags, in ReadOnlySequence<byte> payload)
    {
        if (flags == EnvelopeFlags.None)
        {
            return Parse(payload);
        }

        if (flags != EnvelopeFlags.Compressed)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, $"A request message has the unknown flags 0x{(byte)flags:x2}.");
        }

        if (!settings.RequestIsCompressed)
        {
            throw new RpcException(RpcStatusCode.Internal, "A request message is marked as compressed, but no header names its encoding.");
        }

        using var plain = GzipCodec.Decompress(payload, settings.MaxReceiveSize);
        return Parse(new ReadOnlySequence<byte>(plain.Written));
    }

    private IMessage Parse(in ReadOnlySequence<byte> bytes) =>
        settings.Codec.Parse(endpoint.RequestParser, endpoint.Descriptor.InputType, bytes);
}
