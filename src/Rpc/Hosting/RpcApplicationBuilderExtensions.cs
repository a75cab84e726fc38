using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc;
using Wego.Rpc.Hosting;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the RPC runtime into an application.</summary>
public static class RpcApplicationBuilderExtensions
{
    /// <summary>
    /// Serves the registered services by gRPC, gRPC-Web and Connect; requests that are for none of them pass on. Binding
    /// problems stop the start here.
    /// </summary>
    /// <exception cref="InvalidOperationException">A service's class does not fit its description.</exception>
    public static IApplicationBuilder UseRpc(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var dispatcher = app.ApplicationServices.GetRequiredService<RpcDispatcher>();
        return app.Use(next => http => dispatcher.InvokeAsync(http, next));
    }

    /// <summary>Serves a service by the public methods of an object.</summary>
    /// <exception cref="InvalidOperationException">The object's class does not fit the description, or the service is served already.</exception>
    public static IApplicationBuilder MapRpcService(this IApplicationBuilder app, ServiceDescriptor descriptor, object service)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.ApplicationServices.GetRequiredService<RpcMethodRegistry>().Add(descriptor, service);
        return app;
    }

    /// <summary>Serves a service by the public methods of an object that is made now.</summary>
    /// <exception cref="InvalidOperationException">The object's class does not fit the description, or the service is served already.</exception>
    public static IApplicationBuilder MapRpcService(this IApplicationBuilder app, ServiceDescriptor descriptor, Func<IServiceProvider, object> factory)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(factory);
        return app.MapRpcService(descriptor, factory(app.ApplicationServices));
    }
}
