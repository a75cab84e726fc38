using Kubeappsapis.Plugins.Fluxv2.Packages.V1Alpha1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Helm charts that Flux installs: <c>HelmRepository</c> objects are repositories, <c>HelmRelease</c> objects are installed packages.</summary>
public sealed class FluxPlugin : IPlugin
{
    /// <summary>The plugin's name and version.</summary>
    public static PluginId PluginId { get; } = new("fluxv2.packages", "v1alpha1");

    /// <inheritdoc/>
    public PluginId Id => PluginId;

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<FluxOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FluxOptions>, FluxOptionsValidator>());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(services => new ChartRepositoryFactory(ChartRepositoryOptions.Default, services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<ICatalogueSource, ChartCatalogueSource>();
        builder.AddPackages<FluxPackageFormat>(ServiceOf("FluxV2PackagesService"));
        builder.AddRepositories<FluxRepositoryFormat>(ServiceOf("FluxV2RepositoriesService"));
        builder.AddForm(FormPurpose.Create, FluxForms.Release);
        builder.AddForm(FormPurpose.Update, FluxForms.Release);
        builder.AddForm(FormPurpose.AddRepository, FluxForms.Repository);
    }

    private static Google.Protobuf.Reflection.ServiceDescriptor ServiceOf(string name) => Fluxv2Reflection.Descriptor.Services.Single(s => s.Name == name);
}
