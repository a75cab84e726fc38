using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Wego.Rpc.Listening;

/// <summary>One half of a socket that speaks HTTP/1.x and HTTP/2 in cleartext: the connections of one version.</summary>
internal sealed class RpcEndPoint(SharedSocket socket, HttpProtocols version) : EndPoint
{
    public SharedSocket Socket => socket;

    public HttpProtocols Version => version;

    public override string ToString() => socket.Address.ToString();
}
