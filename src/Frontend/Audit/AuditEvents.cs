using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Frontend;

/// <summary>
/// Tells changes as Kubernetes Events on what was changed. They are written one after the other behind the callers' backs, with the
/// service's own rights; what was refused is told in the log only, for Wego must not write where its caller may not.
/// </summary>
internal sealed partial class AuditEvents(IKubernetesClients clusters, AuditObjects objects, TimeProvider time, ILogger<AuditEvents> logger) : BackgroundService
{
    private const int Capacity = 1000;
    private const string Component = "wego";
    private static readonly GroupVersionResource s_events = new("", "v1", "events");

    private readonly Channel<(AuditRecord Record, DateTimeOffset At)> _records =
        Channel.CreateBounded<(AuditRecord, DateTimeOffset)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Has one written, soon. Where the API server cannot keep up, it stays in the log alone.</summary>
    public void Add(AuditRecord record)
    {
        if (!_records.Writer.TryWrite((record, time.GetUtcNow())))
        {
            LogLost(record.Method.Name, "too many are waiting");
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // Those that wait are still written.
        _records.Writer.TryComplete();
        return ExecuteTask?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (record, at) in _records.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await WriteAsync(record, at, CancellationToken.None);
            }
            catch (Exception e) when (e is KubernetesException or UnknownClusterException or ClusterConfigurationException)
            {
                LogLost(record.Method.Name, e.Message);
            }
        }
    }

    private async Task WriteAsync(AuditRecord record, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var client = clusters.Get(record.Target.Cluster);
        if (await objects.FindAsync(record, client, cancellationToken) is not { } involved)
        {
            return;
        }

        var ns = involved["namespace"]?.GetValue<string>() ?? "default";
        var stamp = KubernetesTime.Format(at);
        var manifest = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"wego.{Guid.NewGuid():N}", ["namespace"] = ns },
            ["involvedObject"] = involved,
            ["type"] = "Normal",
            ["reason"] = record.Method.Name,
            ["message"] = $"{record.User} called {record.Method.Name} of Wego for '{record.Target.Name}'.",
            ["source"] = new JsonObject { ["component"] = Component },
            ["reportingComponent"] = Component,
            ["reportingInstance"] = Environment.MachineName,
            ["action"] = record.Method.Name,
            ["firstTimestamp"] = stamp,
            ["lastTimestamp"] = stamp,
            ["count"] = 1,
        };
        await client.CreateAsync(KubernetesIdentity.Service, s_events, ns, manifest, new WriteOptions(), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Event was written for {Method}: {Reason}")]
    private partial void LogLost(string method, string reason);
}
