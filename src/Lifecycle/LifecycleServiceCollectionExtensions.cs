using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Wego.Lifecycle;

/// <summary>Registers what decides on a replica's begin and end.</summary>
public static class LifecycleServiceCollectionExtensions
{
    /// <summary>
    /// Adds options (section <c>Wego:Lifecycle</c>, validated at start), readiness and the end of operations. Call it after the grain
    /// runtime was added, so that operations end before their grains.
    /// </summary>
    public static IServiceCollection AddWegoLifecycle(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LifecycleOptions>().Bind(configuration.GetSection(LifecycleOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LifecycleOptions>, LifecycleOptionsValidator>());
        services.AddOptions<HostOptions>().Configure<IOptions<LifecycleOptions>>(
            (host, lifecycle) => host.ShutdownTimeout = lifecycle.Value.GracePeriod - lifecycle.Value.DrainDelay);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OperationsInFlight>();
        services.TryAddSingleton<Drain>();
        services.TryAddSingleton<Readiness>();
        services.AddHostedService<OperationsDrain>();
        return services;
    }

    /// <summary>Adds something that a replica needs before it may be sent requests.</summary>
    public static IServiceCollection AddReadinessCheck<TCheck>(this IServiceCollection services)
        where TCheck : class, IReadinessCheck
    {
        services.TryAddSingleton<TCheck>();
        return services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<TCheck>());
    }
}
