using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Dashboard;

/// <summary>Makes the <c>config.json</c> that the dashboard reads before anything else.</summary>
internal sealed class DashboardConfiguration(IOptions<DashboardOptions> options, IKubernetesClients clusters, IPluginRegistry plugins)
{
    private static readonly string Version = typeof(DashboardConfiguration).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The document.</summary>
    public byte[] Create()
    {
        var configured = options.Value;
        var labels = configured.CreateNamespaceLabels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value));
        var views = configured.CustomAppViews.Select(v => new JsonObject { ["name"] = v.Name, ["plugin"] = v.Plugin, ["repository"] = v.Repository });
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["kubeappsCluster"] = clusters.DefaultClusterName,
            ["kubeappsNamespace"] = configured.KubeappsNamespace,
            ["helmGlobalNamespace"] = GlobalNamespace(configured.HelmGlobalNamespace, "helm.packages", configured.KubeappsNamespace),
            ["carvelGlobalNamespace"] = GlobalNamespace(configured.CarvelGlobalNamespace, "kapp_controller.packages", "kapp-controller-packaging-global"),
            ["appVersion"] = configured.AppVersion.Length > 0 ? configured.AppVersion : $"v{Version}",
            ["authProxyEnabled"] = configured.AuthProxyEnabled,
            ["oauthLoginURI"] = configured.OauthLoginUri,
            ["oauthLogoutURI"] = configured.OauthLogoutUri,
            ["authProxySkipLoginPage"] = configured.AuthProxySkipLoginPage,
            ["featureFlags"] = new JsonObject
            {
                ["operators"] = configured.Operators,
                ["schemaEditor"] = new JsonObject { ["enabled"] = configured.SchemaEditor },
            },
            ["clusters"] = new JsonArray([.. (configured.Clusters.Count > 0 ? configured.Clusters.AsEnumerable() : clusters.Names).Select(c => (JsonNode?)c)]),
            ["theme"] = configured.Theme,
            ["remoteComponentsUrl"] = configured.RemoteComponentsUrl,
            ["customAppViews"] = new JsonArray([.. views]),
            ["skipAvailablePackageDetails"] = configured.SkipAvailablePackageDetails,
            ["createNamespaceLabels"] = new JsonObject(labels),
        });
    }

    private string GlobalNamespace(string configured, string plugin, string otherwise) =>
        configured.Length > 0 ? configured : plugins.Find(plugin)?.Repositories?.GlobalNamespace ?? otherwise;
}
