using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Wego.Plugins.Resources;

/// <summary>Kubernetes objects of installed packages, and the few others that an installing user needs. No packages of its own.</summary>
public sealed class ResourcesPlugin : IPlugin
{
    /// <inheritdoc/>
    public PluginId Id { get; } = new("resources", "v1alpha1");

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ResourcesOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ResourcesOptions>, ResourcesOptionsValidator>());
        builder.Services.TryAddSingleton<RequestScope>();
        builder.Services.TryAddSingleton<TrustedNamespaces>();
        builder.Services.TryAddSingleton<AccessibleNamespaces>();
        builder.AddRpcService<ResourcesService>(ResourcesReflection.Descriptor.Services.Single(s => s.Name == nameof(ResourcesService)));
    }
}
