using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Wego.Plugins.Loading;

/// <summary>Collects what one plugin registers.</summary>
public sealed class PluginBuilder : IPluginBuilder
{
    private readonly List<(Google.Protobuf.Reflection.ServiceDescriptor, Type)> _rpcServices = [];
    private readonly List<PluginForm> _forms = [];

    private PluginBuilder(IPlugin plugin, IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration.GetSection($"Wego:Plugins:{plugin.Id.Name}");
        Registration = new PluginRegistration(plugin.Id);
    }

    /// <inheritdoc/>
    public IServiceCollection Services { get; }

    /// <inheritdoc/>
    public IConfiguration Configuration { get; }

    private PluginRegistration Registration { get; set; }

    /// <summary>Lets a plugin register itself.</summary>
    /// <exception cref="PluginLoadException">The plugin refuses, for example because of a bad option.</exception>
    public static PluginRegistration Configure(IPlugin plugin, IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var builder = new PluginBuilder(plugin, services, configuration);
        try
        {
            plugin.Configure(builder);
        }
        catch (Exception e)
        {
            throw new PluginLoadException($"Plugin '{plugin.Id}' of '{plugin.GetType().Assembly.Location}' cannot be configured: {e.Message}", e);
        }

        return builder.Registration with { RpcServices = builder._rpcServices, Forms = builder._forms };
    }

    /// <inheritdoc/>
    public void AddPackages<TFormat>(Google.Protobuf.Reflection.ServiceDescriptor? service)
        where TFormat : class, IPackageFormat
    {
        Services.TryAddSingleton<TFormat>();
        Registration = Registration with { Packages = typeof(TFormat), PackagesService = service };
    }

    /// <inheritdoc/>
    public void AddRepositories<TFormat>(Google.Protobuf.Reflection.ServiceDescriptor? service)
        where TFormat : class, IRepositoryFormat
    {
        Services.TryAddSingleton<TFormat>();
        Registration = Registration with { Repositories = typeof(TFormat), RepositoriesService = service };
    }

    /// <inheritdoc/>
    public void AddRpcService<TService>(Google.Protobuf.Reflection.ServiceDescriptor descriptor)
        where TService : class
    {
        Services.TryAddSingleton<TService>();
        _rpcServices.Add((descriptor, typeof(TService)));
    }

    /// <inheritdoc/>
    public void AddForm(FormPurpose purpose, string jsonSchema)
    {
        if (_forms.Exists(f => f.Purpose == purpose))
        {
            throw new ArgumentException($"There is a form for {purpose} already.", nameof(purpose));
        }

        try
        {
            using var schema = JsonDocument.Parse(jsonSchema);
            if (schema.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"The schema of the form for {purpose} is no JSON object.", nameof(jsonSchema));
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The schema of the form for {purpose} is no JSON: {e.Message}", nameof(jsonSchema), e);
        }

        _forms.Add(new PluginForm(Registration.Id, purpose, jsonSchema));
    }
}
