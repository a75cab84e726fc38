using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Compression;
using Wego.Rpc.Envelopes;

namespace Wego.Rpc.Client;

/// <summary>Reads a response of envelopes.</summary>
/// <param name="response">The response, which the reader owns.</param>
/// <param name="body">Its body.</param>
/// <param name="method">The method called.</param>
/// <param name="endStream">Takes the payload of an end-stream envelope.</param>
/// <param name="end">Runs once at the end of the body; it throws where the status is not OK.</param>
internal sealed class EnvelopeResponseReader(
    HttpResponseMessage response, Stream body, MethodDescriptor method, Action<ReadOnlySequence<byte>>? endStream, Action end) : ClientResponseReader
{
    private readonly PipeReader _input = PipeReader.Create(body);

    public override async Task<IMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var consumed = buffer.Start;
            var examined = buffer.End;
            try
            {
                if (Envelope.TryRead(ref buffer, limit: null, out var flags, out var payload))
                {
                    consumed = examined = payload.End;
                    if (!flags.HasFlag(EnvelopeFlags.EndStream))
                    {
                        return Parse(flags, payload);
                    }

                    TakeEndStream(flags, payload);
                    continue;
                }

                if (result.IsCompleted)
                {
                    end();
                    return buffer.IsEmpty ? null : throw Malformed("it ends in the middle of a message");
                }
            }
            finally
            {
                _input.AdvanceTo(consumed, examined);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        response.Dispose();
    }

    private IMessage Parse(EnvelopeFlags flags, in ReadOnlySequence<byte> payload)
    {
        try
        {
            if (!flags.HasFlag(EnvelopeFlags.Compressed))
            {
                return method.OutputType.Parser.ParseFrom(payload);
            }

            using var plain = GzipCodec.Decompress(payload, limit: null);
            return method.OutputType.Parser.ParseFrom(plain.Written.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Malformed(e.Message);
        }
    }

    private void TakeEndStream(EnvelopeFlags flags, in ReadOnlySequence<byte> payload)
    {
        if (endStream is null)
        {
            throw Malformed("it has an envelope of unknown kind");
        }

        if (!flags.HasFlag(EnvelopeFlags.Compressed))
        {
            endStream(payload);
            return;
        }

        using var plain = GzipCodec.Decompress(payload, limit: null);
        endStream(new ReadOnlySequence<byte>(plain.Written));
    }

    private static RpcException Malformed(string why) => new(RpcStatusCode.Internal, $"The server's response is malformed: {why}.");
}
