namespace Wego.Plugins;

/// <summary>
/// The entry type of a plugin assembly: exactly one public, parameterless implementation per plugin folder.
/// A plugin holds no cache and no watch; the grains do.
/// </summary>
public interface IPlugin
{
    /// <summary>Name and version, as references on the wire carry them.</summary>
    PluginId Id { get; }

    /// <summary>Registers what the plugin offers. A throw stops the start.</summary>
    void Configure(IPluginBuilder builder);
}
