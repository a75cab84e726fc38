using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Wego.Tenants;

/// <summary>Registers the limits of tenants.</summary>
public static class TenantServiceCollectionExtensions
{
    /// <summary>Adds options (section <c>Wego:Tenants</c>, validated at start) and the limits; again and again does no harm.</summary>
    public static IServiceCollection AddWegoTenants(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(TenantLimits)))
        {
            return services;
        }

        services.AddOptions<TenantOptions>().Bind(configuration.GetSection(TenantOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TenantOptions>, TenantOptionsValidator>());
        services.AddSingleton<TenantLimits>();
        services.AddSingleton<SharedCapacity>();
        return services;
    }
}
