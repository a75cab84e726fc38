using System.Diagnostics.Tracing;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Wego.Telemetry;

/// <summary>
/// Logs that nothing arrives at the OTLP receiver, which the SDK tells nobody but event listeners: each kind of failure at most once in
/// ten minutes, so that a receiver that is away does not fill the log.
/// </summary>
internal sealed partial class ExportFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, long> _logged = new(StringComparer.Ordinal);
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    public ExportFailures(ILogger logger, TimeProvider time)
    {
        (_logger, _time) = (logger, time);
        // Sources that are there already were told of before the fields were set.
        foreach (var source in EventSource.GetSources())
        {
            Enable(source);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        if (_logger is not null)
        {
            Enable(eventSource);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        var name = eventData.EventName ?? "";
        if (eventData.Level is EventLevel.Warning or EventLevel.Error or EventLevel.Critical && IsDue(name))
        {
            // Of what failed and why, the first lines, without a password that the URL may hold.
            LogFailed(_logger, name, string.Join("; ", (eventData.Payload ?? []).Select(p => FirstLine(p?.ToString() ?? ""))));
        }
    }

    private void Enable(EventSource source)
    {
        if (source.Name == Exporter)
        {
            EnableEvents(source, EventLevel.Warning);
        }
    }

    private bool IsDue(string name)
    {
        lock (_logged)
        {
            if (_logged.TryGetValue(name, out var before) && _time.GetElapsedTime(before) < s_pause)
            {
                return false;
            }

            _logged[name] = _time.GetTimestamp();
            return true;
        }
    }

    private static string FirstLine(string text) => UserInfo().Replace(text.Split('\n', 2)[0].TrimEnd(), "//");

    [GeneratedRegex("//[^/@ ]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    [LoggerMessage(1, LogLevel.Warning, "Telemetry could not be sent ({Event}): {Reason}. Told at most every ten minutes; see OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL.")]
    private static partial void LogFailed(ILogger logger, string @event, string reason);
}
