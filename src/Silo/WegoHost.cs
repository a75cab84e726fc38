using Wego.Frontend;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Rpc;
using Wego.Telemetry;

namespace Wego.Silo;

/// <summary>Puts the rooms together.</summary>
internal static class WegoHost
{
    private static string Version { get; } = typeof(WegoHost).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>Builds the server.</summary>
    /// <param name="settings">The command line.</param>
    /// <param name="cluster">The cluster to use instead of the configured one, or null.</param>
    /// <param name="configure">Last changes, for tests.</param>
    public static WebApplication Build(SiloSettings settings, ClusterConfiguration? cluster = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = [.. settings.ConfigurationArguments],
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (settings.Kubeconfig is { } kubeconfig)
        {
            builder.Configuration[$"{KubernetesOptions.Section}:{nameof(KubernetesOptions.Kubeconfig)}"] = kubeconfig;
        }

        foreach (var (key, value) in settings.NamedSettings)
        {
            builder.Configuration[key] = value;
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenRpc(settings.Listen));
        builder.Services.AddKubernetes(cluster is null ? null : _ => cluster);
        builder.AddWegoTelemetry(Version);
        builder.Services.AddRpc();
        builder.Services.AddWegoGrains(builder.Configuration);
        builder.Services.AddWegoFrontend(builder.Configuration);
        builder.Services.AddWegoPlugins(settings.PluginDirectories, builder.Configuration);
        builder.Services.AddWegoDashboard();
        var roles = builder.AddWegoCluster(alone: settings.Sandbox);
        builder.AddWegoLifecycle();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.BeginClusterContact();
        app.UseWegoPathPrefix();
        app.UseWegoLifecycle();
        if (!roles.HasFlag(WegoRoles.Frontend))
        {
            return app;
        }

        app.UseRpc();
        app.UseRpcRest();
        // A dashboard may bring an openapi.yaml of its own.
        app.UseWegoDashboard();
        app.UseRpcOpenApi(new OpenApiInfo("Wego", Version, "Everything that is installed on Kubernetes as a package."));
        app.MapRpcHealth();
        app.MapRpcReflection();
        return app;
    }
}
