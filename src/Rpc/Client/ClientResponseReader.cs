using Google.Protobuf;

namespace Wego.Rpc.Client;

/// <summary>Reads the messages of a response and then its status.</summary>
internal abstract class ClientResponseReader : IAsyncDisposable
{
    /// <summary>The next message; null after the last.</summary>
    /// <exception cref="RpcException">The status is not OK, or the bytes are not what they should be.</exception>
    public abstract Task<IMessage?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Gives the response back; a call that is not over is cancelled.</summary>
    public abstract ValueTask DisposeAsync();
}
