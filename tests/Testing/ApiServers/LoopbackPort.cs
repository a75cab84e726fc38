using System.Net;
using System.Net.Sockets;

namespace Wego.Testing.ApiServers;

/// <summary>Ports for programs that cannot report which port they were given.</summary>
public static class LoopbackPort
{
    /// <summary>As many different ports as asked for, all free now; they are held together, so that none is handed out twice.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
