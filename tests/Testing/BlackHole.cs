using System.Net;
using System.Net.Sockets;

namespace Wego.Testing;

/// <summary>An address on loopback where connecting is neither accepted nor refused, as behind a firewall that drops.</summary>
public sealed class BlackHole : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queue = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        // Nobody ever accepts, so that once the queue is full the kernel ignores whoever else knocks.
        _listener.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _queue.Add(socket);
            try
            {
                socket.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way, or for ever.
            }
        }

        Address = new Uri($"http://{_listener.LocalEndPoint}");
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _queue.ForEach(s => s.Dispose());
        _listener.Dispose();
    }
}
