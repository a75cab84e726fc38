using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Wego.Plugins.Carvel;

/// <summary>Carvel packages that kapp-controller installs: <c>PackageRepository</c> objects are repositories, <c>PackageInstall</c> objects are installed packages.</summary>
public sealed class CarvelPlugin : IPlugin
{
    /// <summary>The plugin's name and version.</summary>
    public static PluginId PluginId { get; } = new("kapp_controller.packages", "v1alpha1");

    /// <inheritdoc/>
    public PluginId Id => PluginId;

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<CarvelOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CarvelOptions>, CarvelOptionsValidator>());
        builder.AddPackages<CarvelPackageFormat>(ServiceOf("KappControllerPackagesService"));
        builder.AddRepositories<CarvelRepositoryFormat>(ServiceOf("KappControllerRepositoriesService"));
        builder.AddForm(FormPurpose.Create, CarvelForms.Create);
        builder.AddForm(FormPurpose.Update, CarvelForms.Update);
        builder.AddForm(FormPurpose.AddRepository, CarvelForms.Repository);
    }

    private static Google.Protobuf.Reflection.ServiceDescriptor ServiceOf(string name) => KappControllerReflection.Descriptor.Services.Single(s => s.Name == name);
}
