using Wego.Core.V1;
using Wego.Plugins;
using Wego.Rpc;
using FormPurpose = Wego.Core.V1.FormPurpose;
using PluginForm = Wego.Core.V1.PluginForm;

namespace Wego.Frontend;

/// <summary><c>wego.core.v1.FormsService</c>.</summary>
internal sealed class FormsService(IPluginRegistry plugins)
{
    public Task<GetPluginFormsResponse> GetPluginForms(GetPluginFormsRequest request, RpcContext context)
    {
        _ = context.Caller();
        var asked = plugins.Plugins;
        if (request.Plugin is { Name.Length: > 0 } named)
        {
            asked = [plugins.Find(named.Name) ?? throw PackageException.InvalidField("plugin", $"there is no plugin '{named.Name}' here.")];
        }

        var response = new GetPluginFormsResponse();
        response.Forms.Add(asked
            .SelectMany(p => p.Forms.OrderBy(f => f.Purpose))
            .Where(f => request.Purpose == FormPurpose.Unspecified || f.Purpose == (Wego.Plugins.FormPurpose)request.Purpose)
            .Select(f => new PluginForm { Plugin = f.Plugin.ToMessage(), Purpose = (FormPurpose)f.Purpose, JsonSchema = f.JsonSchema }));
        return Task.FromResult(response);
    }
}
