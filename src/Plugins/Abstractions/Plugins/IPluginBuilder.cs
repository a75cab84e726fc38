using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Wego.Plugins;

/// <summary>What a plugin registers at start. Everything is constructed from the host's service provider.</summary>
public interface IPluginBuilder
{
    /// <summary>Services of the plugin's own.</summary>
    IServiceCollection Services { get; }

    /// <summary>The plugin's own section, <c>Wego:Plugins:NAME</c> (dots kept).</summary>
    IConfiguration Configuration { get; }

    /// <summary>Satisfies the packages interface of the core; <paramref name="service"/> is the plugin's own service with the same RPCs, or null.</summary>
    void AddPackages<TFormat>(ServiceDescriptor? service)
        where TFormat : class, IPackageFormat;

    /// <summary>Satisfies the repositories interface of the core; <paramref name="service"/> is the plugin's own service with the same RPCs, or null.</summary>
    void AddRepositories<TFormat>(ServiceDescriptor? service)
        where TFormat : class, IRepositoryFormat;

    /// <summary>Serves an RPC service of the plugin's own: a class whose public methods are its RPCs.</summary>
    void AddRpcService<TService>(ServiceDescriptor descriptor)
        where TService : class;
}
