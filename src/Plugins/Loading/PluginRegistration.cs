using Google.Protobuf.Reflection;

namespace Wego.Plugins.Loading;

/// <summary>What a plugin has registered.</summary>
/// <param name="Id">Name and version.</param>
public sealed record PluginRegistration(PluginId Id)
{
    /// <summary>The class that satisfies the packages interface, or null.</summary>
    public Type? Packages { get; init; }

    /// <summary>The plugin's own service with the packages interface's RPCs, or null.</summary>
    public ServiceDescriptor? PackagesService { get; init; }

    /// <summary>The class that satisfies the repositories interface, or null.</summary>
    public Type? Repositories { get; init; }

    /// <summary>The plugin's own service with the repositories interface's RPCs, or null.</summary>
    public ServiceDescriptor? RepositoriesService { get; init; }

    /// <summary>The inputs that only this plugin has.</summary>
    public IReadOnlyList<PluginForm> Forms { get; init; } = [];

    /// <summary>Services of the plugin's own and the classes that serve them.</summary>
    public IReadOnlyList<(ServiceDescriptor Descriptor, Type Service)> RpcServices { get; init; } = [];
}
