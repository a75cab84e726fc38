using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Ocicatalog.V1Alpha1;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Helm charts installed with Helm itself: <c>AppRepository</c> objects are repositories, Helm's releases are installed packages.</summary>
public sealed class HelmPlugin : IPlugin
{
    /// <summary>The plugin's name and version.</summary>
    public static PluginId PluginId { get; } = new("helm.packages", "v1alpha1");

    /// <inheritdoc/>
    public PluginId Id => PluginId;

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<HelmOptions>()
            .Bind(builder.Configuration)
            .Configure<IConfiguration>(HelmOptions.ApplyShortKey)
            .ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelmOptions>, HelmOptionsValidator>());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(services => new ChartRepositoryFactory(ChartRepositoryOptions.Default, services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IHelmCatalogueSource, HelmCatalogueSource>();
        builder.Services.TryAddSingleton<IChartArchiveSource, HelmArchiveSource>();
        AddOciCatalog(builder);
        builder.AddRepositories<HelmRepositoryFormat>(ServiceOf("HelmRepositoriesService"));
        builder.AddForm(FormPurpose.AddRepository, HelmRepositoryForm.Repository);
        AddPackages(builder);
    }

    private static void AddPackages(IPluginBuilder builder)
    {
        builder.Services.TryAddSingleton<WorkFolders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkFolders>());
        builder.Services.TryAddSingleton<HelmExecutable>();
        builder.Services.TryAddSingleton<ReleaseFinder>();
        builder.Services.TryAddSingleton<HelmOperations>();
        builder.Services.TryAddSingleton<HelmPreviews>();
        builder.AddPackages<HelmPackageFormat>(ServiceOf("HelmPackagesService"));
        builder.AddRpcService<RollbackService>(ServiceOf("HelmPackagesService"));
    }

    private static void AddOciCatalog(IPluginBuilder builder)
    {
        builder.Services.AddOptions<OciCatalogOptions>()
            .Configure<IConfiguration>((options, configuration) => configuration.GetSection(OciCatalogOptions.Section).Bind(options))
            .ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OciCatalogOptions>, OciCatalogOptionsValidator>());
        builder.Services.TryAddSingleton<RegistryAccess>();
        builder.AddRpcService<OciCatalogService>(OcicatalogReflection.Descriptor.Services.Single());
    }

    private static Google.Protobuf.Reflection.ServiceDescriptor ServiceOf(string name) => HelmReflection.Descriptor.Services.Single(s => s.Name == name);
}
