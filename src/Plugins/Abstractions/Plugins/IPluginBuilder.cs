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

    /// <summary>Publishes the inputs of a request that only this plugin has, see <see cref="PluginForm.JsonSchema"/>.</summary>
    /// <exception cref="ArgumentException">The schema is no JSON object, or there is one for this purpose already.</exception>
    void AddForm(FormPurpose purpose, string jsonSchema);

    /// <summary>
    /// Serves an RPC service of the plugin's own: a class whose public methods are its RPCs. For the service given to
    /// <see cref="AddPackages"/> or <see cref="AddRepositories"/>, the class has the RPCs that the interface has not.
    /// </summary>
    void AddRpcService<TService>(ServiceDescriptor descriptor)
        where TService : class;
}
