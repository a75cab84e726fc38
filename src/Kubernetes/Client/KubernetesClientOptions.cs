namespace Wego.Kubernetes;

/// <summary>How a client treats its cluster.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>The cluster's name in Wego.</summary>
    public string ClusterName { get; init; } = "default";

    /// <summary>Requests per second in the long run, counted apart for the service and for its callers; 0 for no limit.</summary>
    public double Qps { get; init; } = 50;

    /// <summary>Requests that may go at once after a pause.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>How long a call may take, with waiting and retries; for a watch, until it is opened.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many requests in a row without any answer calls fail at once; at least 2.</summary>
    public int BreakAfter { get; init; } = 3;

    /// <summary>The longest time after which an unreachable cluster is tried again; it begins with one second and doubles.</summary>
    public TimeSpan MaxBreak { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer, in bytes after decompression; of a list that is read while it arrives, the largest object.</summary>
    public int MaxResponseBytes { get; init; } = 128 << 20;

    /// <summary>The largest event of a watch, in bytes.</summary>
    public int MaxWatchEventBytes { get; init; } = 16 << 20;

    /// <summary>A watch without event or bookmark for so long is given up. The API server sends a bookmark about every minute.</summary>
    public TimeSpan WatchIdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The <c>User-Agent</c>, by which API priority and fairness and audit logs know Wego.</summary>
    public string UserAgent { get; init; } = $"wego/{typeof(KubernetesClientOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The field manager of writes that name none.</summary>
    public string FieldManager { get; init; } = "wego";
}
