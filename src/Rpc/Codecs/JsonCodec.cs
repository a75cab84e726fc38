using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Codecs;

/// <summary>The JSON format of protobuf (proto3 JSON mapping): unknown fields are ignored, default values left out.</summary>
internal sealed class JsonCodec(RpcMethodRegistry registry) : IMessageCodec
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public IMessage Parse(MessageParser parser, MessageDescriptor descriptor, in ReadOnlySequence<byte> bytes)
    {
        string? json = null;
        try
        {
            json = StrictUtf8.GetString(bytes);
            return registry.JsonParser.Parse(json, descriptor);
        }
        catch (DecoderFallbackException e)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, "The request is not valid UTF-8, which JSON must be.", innerException: e);
        }
        catch (Exception e) when (IsParseFailure(e))
        {
            var field = json is null ? null : JsonFaultFinder.Find(json, descriptor, registry.JsonParser);
            throw new RpcException(
                RpcStatusCode.InvalidArgument,
                $"The request is not valid JSON of the message {descriptor.FullName}: {(field is null ? null : field + ": ")}{e.Message}",
                innerException: e);
        }
    }

    /// <summary>True for what the parser throws where the text is to blame.</summary>
    public static bool IsParseFailure(Exception e) => e is InvalidProtocolBufferException or InvalidJsonException or ArgumentException
        or FormatException or OverflowException or InvalidOperationException;

    public EncodedMessage Encode(IMessage message) => new(registry.JsonFormatter.Format(message));
}
