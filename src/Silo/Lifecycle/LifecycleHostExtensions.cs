using Wego.Lifecycle;

namespace Wego.Silo;

/// <summary>Puts the begin and the end of a replica into the host.</summary>
internal static class LifecycleHostExtensions
{
    /// <summary>Call it after the grain runtime was added.</summary>
    public static WebApplicationBuilder AddWegoLifecycle(this WebApplicationBuilder builder)
    {
        builder.Services.AddWegoLifecycle(builder.Configuration);
        builder.Services.AddReadinessCheck<ClusterReadiness>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ClusterReadiness>());
        builder.Services.AddSingleton<HealthMonitor>();
        builder.Services.AddHostedService(s => s.GetRequiredService<HealthMonitor>());
        builder.Services.AddSingleton<HealthEndpoints>();
        builder.Services.AddSingleton<DrainingConnections>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        return builder;
    }

    /// <summary>
    /// Makes the first connection to the cluster while the rest is put together: it takes about as long, with the platform's certificates.
    /// What is wrong with it shows when the host starts.
    /// </summary>
    public static void BeginClusterContact(this WebApplication app) =>
        _ = Task.Run(() => app.Services.GetRequiredService<ClusterReadiness>().AskAsync());

    /// <summary>Serves <c>/startupz</c>, <c>/readyz</c> and <c>/livez</c>, and sends clients elsewhere before the end.</summary>
    public static IApplicationBuilder UseWegoLifecycle(this IApplicationBuilder app)
    {
        var connections = app.ApplicationServices.GetRequiredService<DrainingConnections>();
        var endpoints = app.ApplicationServices.GetRequiredService<HealthEndpoints>();
        app.Use(next => http => connections.InvokeAsync(http, next));
        return app.Use(next => http => endpoints.InvokeAsync(http, next));
    }
}
