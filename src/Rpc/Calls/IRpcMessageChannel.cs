using Google.Protobuf;

namespace Wego.Rpc;

/// <summary>
/// The messages of one call, whatever the protocol. A protocol implements it and hands it to <see cref="RpcCallExecutor"/>;
/// it is used by one reader and one writer at a time.
/// </summary>
public interface IRpcMessageChannel
{
    /// <summary>Reads the next request message; null after the last.</summary>
    /// <exception cref="RpcException">The bytes are no such message.</exception>
    ValueTask<IMessage?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends a response message; a streaming protocol has flushed it when this completes.</summary>
    ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken);
}
