using System.Buffers;
using Google.Protobuf;

namespace Wego.Rpc.Codecs;

/// <summary>Turns messages into bytes and back.</summary>
internal interface IMessageCodec
{
    /// <summary>Parses one message.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: the bytes are no such message.</exception>
    IMessage Parse(MessageParser parser, Google.Protobuf.Reflection.MessageDescriptor descriptor, in ReadOnlySequence<byte> bytes);

    /// <summary>Prepares a message for writing, so that its size is known first.</summary>
    EncodedMessage Encode(IMessage message);
}
