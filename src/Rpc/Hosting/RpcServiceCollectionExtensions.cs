using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wego.Rpc;
using Wego.Rpc.Connect;
using Wego.Rpc.Grpc;
using Wego.Rpc.GrpcWeb;
using Wego.Rpc.Hosting;
using Wego.Rpc.Listening;
using Wego.Rpc.Rest;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the RPC runtime and the services it serves.</summary>
public static class RpcServiceCollectionExtensions
{
    /// <summary>Registers the RPC runtime. Serve it with <c>UseRpc</c> on the application.</summary>
    public static IServiceCollection AddRpc(this IServiceCollection services, Action<RpcOptions>? configure = null)
    {
        var options = services.AddOptions<RpcOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RpcOptions>, RpcOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RpcMethodRegistry>();
        services.TryAddSingleton<RpcCallExecutor>();
        services.TryAddSingleton<RpcDispatcher>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, RpcConnectionListenerFactory>());
        services.TryAddSingleton<GrpcProtocolHandler>();
        services.TryAddSingleton<RestDispatcher>();
        services.TryAddSingleton<RpcHealth>();
        services.TryAddSingleton<GrpcWebProtocolHandler>();
        services.TryAddSingleton<ConnectUnaryHandler>();
        services.TryAddSingleton<ConnectStreamingHandler>();
        return services;
    }

    /// <summary>Serves a service by the public methods of one object, which is made at start.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="descriptor">The service's description.</param>
    /// <param name="factory">Makes the object.</param>
    public static IServiceCollection AddRpcService(
        this IServiceCollection services, Google.Protobuf.Reflection.ServiceDescriptor descriptor, Func<IServiceProvider, object> factory)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(factory);
        return services.AddSingleton(new RpcServiceRegistration(descriptor, factory));
    }

    /// <summary>Serves a service by the public methods of a class, one instance of which is made at start.</summary>
    public static IServiceCollection AddRpcService<TService>(
        this IServiceCollection services, Google.Protobuf.Reflection.ServiceDescriptor descriptor)
        where TService : class
    {
        services.TryAddSingleton<TService>();
        return services.AddRpcService(descriptor, static provider => provider.GetRequiredService<TService>());
    }
}
