using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Hosting;

/// <summary>Answers the requests of one protocol.</summary>
internal abstract class ProtocolHandler
{
    /// <summary>Runs the call and writes the whole response.</summary>
    public abstract Task HandleAsync(RpcRequest request);

    /// <summary>Answers a request for which there is no method to run.</summary>
    public abstract ValueTask RejectAsync(HttpContext http, RpcMediaType mediaType, RpcStatus status);
}
