using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace Wego.Plugins.Loading;

/// <inheritdoc cref="IPluginRegistry"/>
public sealed class PluginRegistry : IPluginRegistry
{
    private readonly FrozenDictionary<string, RegisteredPlugin> _byName;

    /// <summary>Constructs the plugins' classes.</summary>
    public PluginRegistry(IEnumerable<PluginRegistration> registrations, IServiceProvider services)
    {
        Plugins =
        [
            .. registrations.OrderBy(r => r.Id).Select(r => new RegisteredPlugin(
                r.Id,
                r.Packages is null ? null : (IPackageFormat)services.GetRequiredService(r.Packages),
                r.Repositories is null ? null : (IRepositoryFormat)services.GetRequiredService(r.Repositories))
                {
                    Forms = r.Forms,
                }),
        ];
        _byName = Plugins.ToFrozenDictionary(p => p.Id.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RegisteredPlugin> Plugins { get; }

    /// <inheritdoc/>
    public RegisteredPlugin? Find(string name) => _byName.GetValueOrDefault(name);
}
