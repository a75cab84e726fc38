using Wego.Frontend;
using Wego.Plugins;
using Wego.Plugins.Loading;

namespace Wego.Silo;

/// <summary>Loads plugins and serves what they bring.</summary>
internal static class PluginServiceCollectionExtensions
{
    /// <exception cref="PluginLoadException">A plugin cannot be loaded; the start must stop.</exception>
    public static IServiceCollection AddWegoPlugins(this IServiceCollection services, IEnumerable<string> directories, IConfiguration configuration)
    {
        foreach (var plugin in PluginLoader.Load(directories))
        {
            var registration = PluginBuilder.Configure(plugin, services, configuration);
            services.AddSingleton(registration);
            if (registration is { Packages: not null, PackagesService: { } packages })
            {
                services.AddPackagesService(packages, registration.Id);
            }

            if (registration is { Repositories: not null, RepositoriesService: { } repositories })
            {
                services.AddRepositoriesService(repositories, registration.Id);
            }

            foreach (var (descriptor, service) in registration.RpcServices)
            {
                services.AddRpcService(descriptor, s => s.GetRequiredService(service));
            }
        }

        return services.AddSingleton<IPluginRegistry, PluginRegistry>();
    }
}
