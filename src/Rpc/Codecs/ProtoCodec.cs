using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Codecs;

/// <summary>The binary format of protobuf.</summary>
internal sealed class ProtoCodec : IMessageCodec
{
    public static ProtoCodec Instance { get; } = new();

    public IMessage Parse(MessageParser parser, MessageDescriptor descriptor, in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var message = parser.ParseFrom(bytes);
            return Utf8Validator.FindInvalid(bytes, descriptor) is { } field
                ? throw new RpcException(RpcStatusCode.InvalidArgument, $"The field {field} of {descriptor.FullName} is not valid UTF-8.")
                : message;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(
                RpcStatusCode.InvalidArgument, $"The request is not a valid protobuf message {descriptor.FullName}: {e.Message}", innerException: e);
        }
    }

    public EncodedMessage Encode(IMessage message) => new(message);
}
