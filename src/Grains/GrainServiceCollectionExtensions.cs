using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wego.Lifecycle;
using Wego.Plugins;
using Wego.Tenants;

namespace Wego.Grains;

/// <summary>Registers what the grains of Wego need.</summary>
public static class GrainServiceCollectionExtensions
{
    /// <summary>Adds options (section <c>Wego:Grains</c>, validated at start) and the cache of archive contents.</summary>
    public static IServiceCollection AddWegoGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GrainOptions>().Bind(configuration.GetSection(GrainOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GrainOptions>, GrainOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OperationsInFlight>();
        services.AddWegoTenants(configuration);
        services.TryAddSingleton(s => new ContentCache(s.GetRequiredService<IOptions<GrainOptions>>().Value.ContentCacheBytes));
        return services;
    }
}
