using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Kubernetes clients.</summary>
public static class KubernetesServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IKubernetesClients"/> and <see cref="IAccessReviewer"/>, configured by the section
    /// <see cref="KubernetesOptions.Section"/> and validated at start.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// Gives the cluster's configuration instead of the options; called with the first use of a client, so that it may depend on
    /// the running host.
    /// </param>
    public static IServiceCollection AddKubernetes(this IServiceCollection services, Func<IServiceProvider, ClusterConfiguration>? configuration = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<KubernetesOptions>().BindConfiguration(KubernetesOptions.Section)
            .Configure<IConfiguration>((options, settings) => settings.GetSection(KubernetesOptions.ClustersSection).Bind(options.Clusters))
            .ValidateOnStart();
        services.TryAddSingleton(provider => new ClusterConfigurationSource(configuration is null ? null : () => configuration(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KubernetesOptions>, KubernetesOptionsValidator>());
        services.TryAddSingleton<IKubernetesClients, KubernetesClients>();
        services.TryAddSingleton<ICallerKeys, CallerHasher>();
        services.TryAddSingleton<IAccessReviewer, AccessReviewCache>();
        return services;
    }
}
