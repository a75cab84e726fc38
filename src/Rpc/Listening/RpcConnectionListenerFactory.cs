using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Rpc.Listening;

/// <summary>Binds <see cref="RpcEndPoint"/>s over the socket transport; every other endpoint is left to Kestrel's own transports.</summary>
internal sealed class RpcConnectionListenerFactory(
    IOptions<SocketTransportOptions> options, ILoggerFactory loggers, TimeProvider time) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);
    private readonly ILogger _logger = loggers.CreateLogger<SharedSocket>();

    public bool CanBind(EndPoint endpoint) => endpoint is RpcEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var half = (RpcEndPoint)endpoint;
        await half.Socket.BindAsync(_sockets, _logger, time, cancellationToken);
        return new VersionListener(half);
    }
}
