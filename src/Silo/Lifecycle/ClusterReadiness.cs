using Wego.Kubernetes;
using Wego.Lifecycle;

namespace Wego.Silo;

/// <summary>
/// Ready once the API server of the cluster that Wego runs on has answered, with whatever. What comes later does not matter: while a
/// cluster is away every replica serves what it last knew, and taking all of them out would help nobody.
/// </summary>
internal sealed partial class ClusterReadiness(IKubernetesClients clusters, TimeProvider time, ILogger<ClusterReadiness> logger) : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Task? _answered;
    private volatile string? _reason = "the API server was not asked yet";

    public string Name => "cluster";

    public string? NotReadyBecause => _reason;

    /// <summary>Asks until there is an answer; who asks again waits for the same one.</summary>
    public Task AskAsync()
    {
        lock (_gate)
        {
            return _answered ??= AskUntilAnsweredAsync(_end.Token);
        }
    }

    public override void Dispose()
    {
        // The container knows it as two services, and disposes of it for each.
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _end.Dispose();
            base.Dispose();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => AskAsync().WaitAsync(stoppingToken);

    private async Task AskUntilAnsweredAsync(CancellationToken cancellationToken)
    {
        var pauses = new Backoff(s_firstPause, s_longestPause);
        while (!await HasAnsweredAsync(cancellationToken))
        {
            await Task.Delay(pauses.Next(), time, cancellationToken);
        }

        _reason = null;
    }

    private async Task<bool> HasAnsweredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await clusters.Get("").GetRawAsync(KubernetesIdentity.Service, "/version", cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (!e.IsUnanswered)
        {
            return true;
        }
        catch (Exception e) when (e is KubernetesException or ClusterConfigurationException)
        {
            _reason = "the API server has not answered yet";
            LogWaiting(e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready before the API server has answered once: {Reason}")]
    private partial void LogWaiting(string reason);
}
