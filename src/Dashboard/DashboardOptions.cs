namespace Wego.Dashboard;

/// <summary>The section <c>Wego:Dashboard</c>: static files of a dashboard for the Kubeapps API, and what its <c>config.json</c> says.</summary>
public sealed class DashboardOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Dashboard";

    /// <summary>The folder with the dashboard's files; empty for no dashboard.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The path below which everything is served, in addition to the root, for example <c>/kubeapps</c>; empty for the root alone.</summary>
    public string PathPrefix { get; set; } = "";

    /// <summary>Serve the folder's <c>config.json</c> as it is, instead of one made from these options.</summary>
    public bool UseConfigFile { get; set; }

    /// <summary><c>kubeappsNamespace</c>.</summary>
    public string KubeappsNamespace { get; set; } = "kubeapps";

    /// <summary><c>helmGlobalNamespace</c>; empty for what the Helm plugin says.</summary>
    public string HelmGlobalNamespace { get; set; } = "";

    /// <summary><c>carvelGlobalNamespace</c>; empty for what the Carvel plugin says.</summary>
    public string CarvelGlobalNamespace { get; set; } = "";

    /// <summary><c>appVersion</c>; empty for Wego's own.</summary>
    public string AppVersion { get; set; } = "";

    /// <summary><c>authProxyEnabled</c>: a proxy in front logs users in.</summary>
    public bool AuthProxyEnabled { get; set; }

    /// <summary><c>authProxySkipLoginPage</c>.</summary>
    public bool AuthProxySkipLoginPage { get; set; }

    /// <summary><c>oauthLoginURI</c>.</summary>
    public string OauthLoginUri { get; set; } = "/oauth2/start";

    /// <summary><c>oauthLogoutURI</c>.</summary>
    public string OauthLogoutUri { get; set; } = "/oauth2/sign_out";

    /// <summary>
    /// <c>featureFlags.operators</c>: also opens the Kubernetes API below <c>/api/clusters/CLUSTER</c> to callers' tokens, and the logos of
    /// operators to everybody.
    /// </summary>
    public bool Operators { get; set; }

    /// <summary><c>featureFlags.schemaEditor.enabled</c>.</summary>
    public bool SchemaEditor { get; set; }

    /// <summary><c>clusters</c>; empty for all that are configured.</summary>
    public IList<string> Clusters { get; } = [];

    /// <summary><c>theme</c>: <c>light</c> or <c>dark</c>; empty for the browser's.</summary>
    public string Theme { get; set; } = "";

    /// <summary><c>remoteComponentsUrl</c>.</summary>
    public string RemoteComponentsUrl { get; set; } = "";

    /// <summary><c>customAppViews</c>: packages that a remote component shows.</summary>
    public IList<CustomAppView> CustomAppViews { get; } = [];

    /// <summary><c>skipAvailablePackageDetails</c>.</summary>
    public bool SkipAvailablePackageDetails { get; set; }

    /// <summary><c>createNamespaceLabels</c>: labels of namespaces that are created from the dashboard.</summary>
    public IDictionary<string, string> CreateNamespaceLabels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
