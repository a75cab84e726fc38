using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Wego.Rpc.Hosting;

/// <summary>Lifts the limits that a server sets for requests that end soon, where a method streams.</summary>
internal static class StreamingRequests
{
    public static void Prepare(HttpContext http, RpcEndpoint endpoint)
    {
        if (endpoint.Kind == RpcMethodKind.Unary)
        {
            return;
        }

        if (endpoint.Kind != RpcMethodKind.ClientStreaming)
        {
            // A buffering proxy would hold events back.
            http.Response.Headers["X-Accel-Buffering"] = "no";
        }

        if (endpoint.Kind != RpcMethodKind.ServerStreaming)
        {
            // The size of each message is limited, not their sum, and a client may be silent for hours.
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = null;
            }

            if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            {
                rate.MinDataRate = null;
            }
        }
    }
}
