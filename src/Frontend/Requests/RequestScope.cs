using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>
/// What a service works on: all plugins for the core's services, one for a plugin's own. Turns what requests name into
/// references, or says which field is wrong.
/// </summary>
internal sealed class RequestScope
{
    private readonly IKubernetesClients _clusters;
    private readonly PluginId? _only;

    /// <param name="plugins">All plugins.</param>
    /// <param name="clusters">All clusters.</param>
    /// <param name="only">The one plugin whose service this is, or null for the core's.</param>
    public RequestScope(IPluginRegistry plugins, IKubernetesClients clusters, PluginId? only)
    {
        (_clusters, _only) = (clusters, only);
        Plugins = [.. plugins.Plugins.Where(p => only is null || p.Id == only)];
    }

    /// <summary>The plugins, in order.</summary>
    public IReadOnlyList<RegisteredPlugin> Plugins { get; }

    /// <summary>The cluster that Wego runs on.</summary>
    public string DefaultCluster => _clusters.DefaultClusterName;

    /// <summary>The plugin that a reference names.</summary>
    /// <param name="plugin">As the request has it; may be absent in a plugin's own service.</param>
    /// <param name="field">Its path in the request.</param>
    public RegisteredPlugin Plugin(Plugin? plugin, string field)
    {
        if (plugin is null || plugin.Name.Length == 0)
        {
            return _only is not null
                ? Plugins[0]
                : throw PackageException.InvalidField(field, $"name one of the plugins of this server: {Known}.");
        }

        return Plugins.FirstOrDefault(p => string.Equals(p.Id.Name, plugin.Name, StringComparison.Ordinal))
            ?? throw PackageException.InvalidField(field, $"there is no plugin '{plugin.Name}' here, but {Known}.");
    }

    /// <summary>The cluster that a request names; the default one for an empty name or <c>-</c>.</summary>
    public string Cluster(string? cluster, string field)
    {
        if (string.IsNullOrEmpty(cluster) || cluster == "-")
        {
            return _clusters.DefaultClusterName;
        }

        return _clusters.Names.Contains(cluster, StringComparer.Ordinal)
            ? cluster
            : throw new PackageException(PackageErrorCode.FailedPrecondition, $"{field}: there is no cluster '{cluster}' here, but {string.Join(", ", _clusters.Names)}.");
    }

    private string Known => string.Join(", ", Plugins.Select(p => p.Id.Name));
}
