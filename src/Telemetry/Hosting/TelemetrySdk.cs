using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Wego.Telemetry;

/// <summary>The OpenTelemetry SDK, as far as anything is to be sent or served. It has no logger: the host's loggers may send through it.</summary>
internal sealed class TelemetrySdk : IDisposable
{
    private readonly OpenTelemetrySdk? _sdk;

    public TelemetrySdk(IConfiguration configuration, IOptions<TelemetryOptions> options, TelemetryVersion version)
    {
        var settings = options.Value;
        var otlp = new OtlpSettings(configuration, settings);
        var prometheus = settings.PrometheusListen.Length > 0 && !otlp.IsDisabled;
        if (!otlp.IsAny && !prometheus)
        {
            return;
        }

        _sdk = OpenTelemetrySdk.Create(sdk =>
        {
            sdk.Services.AddSingleton(otlp.Configuration);
            sdk.ConfigureResource(resource => TelemetryResource.Configure(resource, otlp.Configuration, version.Value));
            if (otlp.Sends(TelemetrySignal.Traces))
            {
                sdk.WithTracing(traces => traces.AddSource(TelemetryNames.Sources).AddOtlpExporter(o => otlp.Configure(o, TelemetrySignal.Traces)));
            }

            if (otlp.Sends(TelemetrySignal.Logs))
            {
                // What is logged at all, the host's rules have decided before.
                sdk.Services.Configure<LoggerFilterOptions>(o => o.MinLevel = LogLevel.Trace);
                sdk.WithLogging(logs => logs.AddOtlpExporter(o => otlp.Configure(o, TelemetrySignal.Logs)), o => o.IncludeFormattedMessage = true);
            }

            if (otlp.Sends(TelemetrySignal.Metrics) || prometheus)
            {
                sdk.WithMetrics(metrics =>
                {
                    metrics.AddMeter(TelemetryNames.Meters).AddView(instrument => new MetricStreamConfiguration
                    {
                        CardinalityLimit = settings.CardinalityLimit,
                        TagKeys = TelemetryNames.TagsOf(instrument.Meter.Name),
                    });
                    if (otlp.Sends(TelemetrySignal.Metrics))
                    {
                        metrics.AddOtlpExporter(o => otlp.Configure(o, TelemetrySignal.Metrics));
                    }

                    if (prometheus)
                    {
                        Prometheus = new PrometheusExporter();
                        metrics.AddReader(new BaseExportingMetricReader(Prometheus));
                    }
                });
            }
        });
        Logs = otlp.Sends(TelemetrySignal.Logs) ? _sdk.GetLoggerFactory() : null;
        IsTracing = otlp.Sends(TelemetrySignal.Traces);
        IsSending = otlp.IsAny;
    }

    /// <summary>What is served to Prometheus; null where nothing is.</summary>
    public PrometheusExporter? Prometheus { get; private set; }

    /// <summary>Where logs are sent; null where they are not.</summary>
    public ILoggerFactory? Logs { get; }

    /// <summary>Whether anything is sent by OTLP.</summary>
    public bool IsSending { get; }

    /// <summary>Whether spans are sent.</summary>
    public bool IsTracing { get; }

    /// <summary>Sends what is left, for some seconds at most.</summary>
    public void Dispose() => _sdk?.Dispose();
}
