using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Telemetry;

/// <summary>
/// Serves the metrics, and on their own port nothing else. Scrapes are left out of the metrics and traces: they would outnumber
/// the calls of a quiet server.
/// </summary>
internal sealed partial class PrometheusMiddleware(RequestDelegate next, TelemetrySdk sdk, IOptions<TelemetryOptions> options, ILogger<PrometheusMiddleware> logger)
{
    private const int ChunkLength = 16 * 1024;
    private readonly bool _onApiPort = options.Value.PrometheusListen == TelemetryOptions.ApiPort;
    private readonly PathString _path = options.Value.PrometheusPath;

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isOwnPort = context.Features.Get<IPrometheusConnection>() is not null;
        if (!isOwnPort && !(_onApiPort && context.Request.Path == _path))
        {
            return next(context);
        }

        DoNotMeasure(context);
        if (context.Request.Path != _path || sdk.Prometheus is not { } exporter)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, $"Metrics are at {_path}.");
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return ServeAsync(context, exporter);
        }

        context.Response.Headers.Allow = "GET, HEAD";
        return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Metrics are read with GET.");
    }

    private async Task ServeAsync(HttpContext context, PrometheusExporter exporter)
    {
        var cancellationToken = context.RequestAborted;
        var format = PrometheusFormat.Negotiate(context.Request.Headers.Accept);
        var families = await exporter.CollectAsync(cancellationToken);
        foreach (var conflict in exporter.TakeNewConflicts())
        {
            LogConflict(logger, conflict);
        }

        context.Response.ContentType = format.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        try
        {
            await using var body = new StreamWriter(context.Response.Body, PrometheusFormat.Encoding, leaveOpen: true);
            var text = new StringWriter(CultureInfo.InvariantCulture);
            var writer = new PrometheusWriter(text, format);
            foreach (var family in families)
            {
                writer.Write(family);
                if (text.GetStringBuilder().Length > ChunkLength)
                {
                    await SendAsync(text, body, cancellationToken);
                }
            }

            writer.WriteEnd();
            await SendAsync(text, body, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever asked has left.
            context.Abort();
        }
    }

    private static async Task SendAsync(StringWriter text, StreamWriter body, CancellationToken cancellationToken)
    {
        await body.WriteAsync(text.GetStringBuilder(), cancellationToken);
        await body.FlushAsync(cancellationToken);
        text.GetStringBuilder().Clear();
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    private static void DoNotMeasure(HttpContext context)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
        }

        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The metric {Instrument} is not served to Prometheus: another one of a different type or unit has the same name there.")]
    private static partial void LogConflict(ILogger logger, string instrument);
}
