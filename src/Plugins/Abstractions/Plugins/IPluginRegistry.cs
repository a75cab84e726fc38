namespace Wego.Plugins;

/// <summary>The plugins of this server, ordered by name, then version.</summary>
public interface IPluginRegistry
{
    /// <summary>All plugins.</summary>
    IReadOnlyList<RegisteredPlugin> Plugins { get; }

    /// <summary>The plugin of this name, or null.</summary>
    RegisteredPlugin? Find(string name);
}
