using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Wego.Telemetry;

/// <summary>Puts the metrics before everything else that is served.</summary>
internal sealed class PrometheusStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<PrometheusMiddleware>();
        next(app);
    };
}
