using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Wego.Rpc.Listening;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Lets Kestrel serve every HTTP version in cleartext on one port.</summary>
public static class RpcKestrelServerOptionsExtensions
{
    /// <summary>
    /// Listens in cleartext for HTTP/1.0, HTTP/1.1 and HTTP/2 with prior knowledge on one port. Kestrel alone tells them apart
    /// only with TLS; for TLS use <c>Listen</c> with <c>UseHttps</c>. Needs <c>AddRpc</c>. With port 0 the system chooses, and
    /// the host's address list (<c>WebApplication.Urls</c>) names the port after the start.
    /// </summary>
    /// <param name="options">Kestrel's options.</param>
    /// <param name="address">The address and port.</param>
    /// <param name="configure">Adds connection middleware; it runs once for each HTTP version.</param>
    public static void ListenRpc(this KestrelServerOptions options, IPEndPoint address, Action<ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(address);
        var socket = new SharedSocket(address);
        Listen(HttpProtocols.Http1);
        Listen(HttpProtocols.Http2);

        void Listen(HttpProtocols version) => options.Listen(new RpcEndPoint(socket, version), listen =>
        {
            listen.Protocols = version;
            configure?.Invoke(listen);
        });
    }
}
