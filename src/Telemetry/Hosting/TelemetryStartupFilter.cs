using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Wego.Telemetry;

/// <summary>Puts the metrics, and what completes the spans of requests, before everything else that is served.</summary>
internal sealed class TelemetryStartupFilter(TelemetrySdk sdk) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<PrometheusMiddleware>();
        if (sdk.IsTracing)
        {
            app.UseMiddleware<HttpSpanMiddleware>();
        }

        next(app);
    };
}
