namespace Wego.Rpc.Codecs;

/// <summary>What is said where a message is too large.</summary>
internal static class MessageLimits
{
    public static RpcException TooLargeToReceive(int limit) =>
        new(RpcStatusCode.ResourceExhausted, $"The request message is larger than {limit} bytes, the most that this server accepts.");

    public static RpcException TooLargeToSend(int size, int limit) =>
        new(RpcStatusCode.ResourceExhausted, $"The response message has {size} bytes; this server sends at most {limit}. Ask for less at a time.");
}
