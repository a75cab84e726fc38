using Microsoft.Extensions.Logging;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>Writes audit records as structured logs of a category of their own, so that they can be kept apart.</summary>
internal sealed partial class AuditLog(ILoggerFactory loggers)
{
    /// <summary>The category.</summary>
    public const string Category = "Wego.Audit";

    private const int MaxText = 253;
    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <summary>Writes one.</summary>
    public void Write(AuditRecord record, TimeSpan elapsed)
    {
        var (user, method, service) = (Clean(record.User), record.Method.Name, record.Method.Service.FullName);
        var (cluster, ns) = (Clean(record.Target.Cluster), Clean(record.Target.Namespace));
        var (name, plugin) = (Clean(record.Target.Name), Clean(record.Target.Plugin));
        var milliseconds = (long)elapsed.TotalMilliseconds;
        Write(user, method, service, cluster, ns, name, plugin, record.Outcome, milliseconds);
    }

    // What callers wrote must not look like a record of its own.
    private static string Clean(string text)
    {
        var cut = text.Length > MaxText ? text[..MaxText] : text;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : cut;
    }

    [LoggerMessage(
        EventId = 1, EventName = "Change", Level = LogLevel.Information,
        Message = "{User} called {Method} of {Service} on cluster '{Cluster}' namespace '{Namespace}' name '{Name}' plugin '{Plugin}': {Outcome} after {Milliseconds} ms")]
    private partial void Write(string user, string method, string service, string cluster, string @namespace, string name, string plugin, RpcStatusCode outcome, long milliseconds);
}
