using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
    }
}
