using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Lifecycle;
using Wego.Plugins;
using Wego.Rpc;
using Wego.Tenants;
using RpcServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using ServiceDescriptor = Microsoft.Extensions.DependencyInjection.ServiceDescriptor;

namespace Wego.Frontend;

/// <summary>Registers the frontend.</summary>
public static class FrontendServiceCollectionExtensions
{
    /// <summary>Adds the core's services, with options from section <c>Wego:Frontend</c>, validated at start.</summary>
    public static IServiceCollection AddWegoFrontend(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FrontendOptions>().Bind(configuration.GetSection(FrontendOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FrontendOptions>, FrontendOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PackageAccess>();
        services.AddSingleton<Visibility>();
        services.AddSingleton<CatalogueReader>();
        services.AddSingleton<CatalogueLookup>();
        services.AddSingleton<SourceFinder>();
        services.AddSingleton<PackageResolver>();
        services.AddSingleton<InstalledReader>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ResourceReader>();
        services.AddSingleton<ResourceRelay>();
        services.AddSingleton<IPackageHost, PackageHost>();
        services.AddSingleton<DirectorySync>();
        services.AddHostedService(s => s.GetRequiredService<DirectorySync>());
        services.AddReadinessCheck<DirectoryReadiness>();
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditObjects>();
        services.AddSingleton<AuditEvents>();
        services.AddHostedService(s => s.GetRequiredService<AuditEvents>());
        services.AddSingleton<CallerNames>();
        services.AddSingleton<IRpcInterceptor, AuditInterceptor>();
        services.AddSingleton<IRpcInterceptor, ErrorInterceptor>();
        services.AddSingleton<IRpcInterceptor, AuthenticationInterceptor>();
        services.AddWegoTenants(configuration);
        services.AddSingleton<IRpcInterceptor, TenantInterceptor>();
        services.AddRpcService<PluginsService>(Find(PluginsReflection.Descriptor, "PluginsService"));
        services.AddPackagesService(Find(PackagesReflection.Descriptor, "PackagesService"), plugin: null);
        services.AddRepositoriesService(Find(RepositoriesReflection.Descriptor, "RepositoriesService"), plugin: null);
        services.AddRpcService<FormsService>(Find(Wego.Core.V1.FormsReflection.Descriptor, "FormsService"));
        services.AddRpcService(
            Find(Wego.Packages.V1.PackagesReflection.Descriptor, "InstalledPackagesService"),
            s => ActivatorUtilities.CreateInstance<InstalledPackagesService>(s, Scope(s, plugin: null)));
        return services;
    }

    /// <summary>Serves the packages interface under a service's name, over one plugin or, with null, over all.</summary>
    public static IServiceCollection AddPackagesService(this IServiceCollection services, RpcServiceDescriptor descriptor, PluginId? plugin) =>
        services.AddRpcService(descriptor, s => ActivatorUtilities.CreateInstance<PackagesService>(s, Scope(s, plugin)));

    /// <summary>Serves the repositories interface under a service's name, over one plugin or, with null, over all.</summary>
    public static IServiceCollection AddRepositoriesService(this IServiceCollection services, RpcServiceDescriptor descriptor, PluginId? plugin) =>
        services.AddRpcService(descriptor, s => ActivatorUtilities.CreateInstance<RepositoriesService>(s, Scope(s, plugin)));

    private static RequestScope Scope(IServiceProvider services, PluginId? plugin) =>
        new(services.GetRequiredService<IPluginRegistry>(), services.GetRequiredService<IKubernetesClients>(), plugin);

    private static RpcServiceDescriptor Find(FileDescriptor file, string service) =>
        file.Services.Single(s => string.Equals(s.Name, service, StringComparison.Ordinal));
}
