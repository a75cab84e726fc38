namespace Wego.Plugins;

/// <summary>A plugin and the interfaces of the core that it satisfies.</summary>
/// <param name="Id">Name and version.</param>
/// <param name="Packages">Its packages, or null.</param>
/// <param name="Repositories">Its repositories, or null.</param>
public sealed record RegisteredPlugin(PluginId Id, IPackageFormat? Packages, IRepositoryFormat? Repositories)
{
    /// <summary>The inputs that only this plugin has, at most one per purpose.</summary>
    public IReadOnlyList<PluginForm> Forms { get; init; } = [];
}
