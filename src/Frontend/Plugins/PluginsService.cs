using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary><c>kubeappsapis.core.plugins.v1alpha1.PluginsService</c>.</summary>
internal sealed class PluginsService(IPluginRegistry plugins)
{
    public Task<GetConfiguredPluginsResponse> GetConfiguredPlugins(GetConfiguredPluginsRequest request, RpcContext context)
    {
        var response = new GetConfiguredPluginsResponse();
        response.Plugins.Add(plugins.Plugins.Select(p => p.Id.ToMessage()));
        return Task.FromResult(response);
    }
}
