using System.Buffers;
using Google.Protobuf;
using Wego.Rpc.Codecs;
using Wego.Rpc.Compression;
using Wego.Rpc.Hosting;

namespace Wego.Rpc.Connect;

/// <summary>One message as the whole body. The response is kept until the call's status is known, for that goes first.</summary>
internal sealed class ConnectUnaryChannel(RpcRequest request, RpcOptions options, bool requestIsGzip) : IRpcMessageChannel
{
    private bool _read;

    /// <summary>The response; null before it was written.</summary>
    public EncodedMessage? Response { get; private set; }

    public async ValueTask<IMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_read)
        {
            return null;
        }

        _read = true;
        var input = request.Http.Request.BodyReader;
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var body = result.Buffer;
            if (body.Length > options.MaxReceiveMessageSize)
            {
                input.AdvanceTo(body.End);
                throw MessageLimits.TooLargeToReceive(options.MaxReceiveMessageSize.Value);
            }

            if (!result.IsCompleted)
            {
                input.AdvanceTo(body.Start, body.End);
                continue;
            }

            try
            {
                return Parse(body);
            }
            finally
            {
                input.AdvanceTo(body.End);
            }
        }
    }

    public ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        var encoded = request.Codec.Encode(message);
        if (encoded.Size > options.MaxSendMessageSize)
        {
            throw MessageLimits.TooLargeToSend(encoded.Size, options.MaxSendMessageSize.Value);
        }

        Response = encoded;
        return ValueTask.CompletedTask;
    }

    private IMessage Parse(in ReadOnlySequence<byte> body)
    {
        // An empty body is the empty message, whatever the encoding.
        if (!requestIsGzip || body.IsEmpty)
        {
            return ParsePlain(body);
        }

        using var plain = GzipCodec.Decompress(body, options.MaxReceiveMessageSize);
        return ParsePlain(new ReadOnlySequence<byte>(plain.Written));
    }

    private IMessage ParsePlain(in ReadOnlySequence<byte> bytes) =>
        request.Codec.Parse(request.Endpoint.RequestParser, request.Endpoint.Descriptor.InputType, bytes);
}
