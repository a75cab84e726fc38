using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Telemetry;

/// <summary>Adds OpenTelemetry.</summary>
public static class TelemetryApplicationBuilderExtensions
{
    /// <summary>
    /// Sends traces, metrics and logs by OTLP and serves metrics to Prometheus, as section <c>Wego:Telemetry</c> and the standard
    /// variables <c>OTEL_*</c> say; both are validated at start. Where they say nothing, nothing is measured.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="version">The version to report.</param>
    public static void AddWegoTelemetry(this WebApplicationBuilder builder, string version)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The host's own spans get the attributes of the conventions for HTTP only where this is asked for, before it starts.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        var services = builder.Services;
        services.AddOptions<TelemetryOptions>().Bind(builder.Configuration.GetSection(TelemetryOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new TelemetryVersion(version));
        services.AddSingleton<TelemetrySdk>();
        services.AddHostedService<TelemetryService>();
        services.AddSingleton<ILoggerProvider, TelemetryLoggerProvider>();
        services.AddSingleton<IStartupFilter, TelemetryStartupFilter>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<TelemetryOptions>>(Listen);
    }

    private static void Listen(KestrelServerOptions kestrel, IOptions<TelemetryOptions> options)
    {
        if (PrometheusAddress.Parse(options.Value.PrometheusListen) is { } address)
        {
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    connection.Features.Set<IPrometheusConnection>(PrometheusConnection.Instance);
                    return next(connection);
                });
            });
        }
    }
}
