using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Rest;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts REST into an application.</summary>
public static class RestApplicationBuilderExtensions
{
    /// <summary>
    /// Serves the registered services by their <c>google.api.http</c> bindings. Put it behind <c>UseRpc</c>. Requests that match
    /// no binding pass on; where nobody answers them, they get the JSON form of NOT_FOUND.
    /// </summary>
    /// <exception cref="InvalidOperationException">A binding does not fit its method, or two bindings match the same paths.</exception>
    public static IApplicationBuilder UseRpcRest(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var dispatcher = app.ApplicationServices.GetRequiredService<RestDispatcher>();
        return app.Use(next => http => dispatcher.InvokeAsync(http, next));
    }
}
