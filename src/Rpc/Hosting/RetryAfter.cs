using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Hosting;

/// <summary>The header <c>Retry-After</c> (RFC 9110, 10.2.3), in whole seconds.</summary>
internal static class RetryAfter
{
    /// <summary>Sets it where the status says when to try again.</summary>
    public static void Write(RpcStatus status, HttpResponse response)
    {
        if (RetryDelay.Find(status) is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
