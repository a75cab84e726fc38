using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Wego.Rpc.Listening;

/// <summary>A listener that gets the connections of one HTTP version from a shared socket.</summary>
internal sealed class VersionListener(RpcEndPoint endPoint) : IConnectionListener
{
    private readonly SharedSocket _socket = endPoint.Socket;

    // The real address, so that the server's address list names it.
    public EndPoint EndPoint => _socket.Address;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        var connections = _socket.Connections(endPoint.Version);
        while (await connections.WaitToReadAsync(cancellationToken))
        {
            if (connections.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => _socket.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => _socket.DisposeAsync();
}
