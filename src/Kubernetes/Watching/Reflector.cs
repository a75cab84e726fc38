using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes;

/// <summary>
/// Keeps a sink informed of every object of a resource: lists page by page, then watches, resumes after a dropped watch, and lists
/// again where the server has forgotten (410), has a new history, or the sink failed. Runs until it is cancelled.
/// </summary>
public sealed partial class Reflector
{
    // A watch that holds so long shows that the server is well; the next failure starts with a short pause again.
    private static readonly TimeSpan HealthyWatch = TimeSpan.FromSeconds(10);

    private readonly IKubernetesClient _client;
    private readonly KubernetesIdentity _identity;
    private readonly GroupVersionResource _resource;
    private readonly string? _ns;
    private readonly ReflectorOptions _options;
    private readonly IReflectorSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;

    // Where to resume; null where only a list will do.
    private string? _resourceVersion;

    // The connection broke since the last contact, so the server may have come back with another history.
    private bool _isSuspect;

    /// <summary>Creates a reflector; <see cref="RunAsync"/> starts it.</summary>
    public Reflector(
        IKubernetesClient client,
        KubernetesIdentity identity,
        GroupVersionResource resource,
        string? ns,
        ReflectorOptions options,
        IReflectorSink sink,
        TimeProvider timeProvider,
        ILogger logger)
    {
        _client = client;
        _identity = identity;
        _resource = resource;
        _ns = ns;
        _options = options;
        _sink = sink;
        _time = timeProvider;
        _logger = logger;
        _backoff = new Backoff(options.MinBackoff, options.MaxBackoff);
    }

    /// <summary>Runs until cancelled, and then throws <see cref="OperationCanceledException"/>. Nothing else ends it. Call it once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var lag = new ReflectorLag(_client.ClusterName, _resource, _time);
        var notifier = new ReflectorNotifier(_sink, lag, _time);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan pause;
            try
            {
                pause = await StepAsync(notifier, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The sink failed and may have missed something: it gets the whole state again.
                SinkFailed(_logger, (e as SinkFailedException)?.InnerException ?? e, _client.ClusterName, _resource);
                _resourceVersion = null;
                pause = _backoff.Next();
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, _time, cancellationToken);
            }
        }
    }

    /// <summary>One list or one watch. Gives the pause before the next.</summary>
    private async Task<TimeSpan> StepAsync(ReflectorNotifier notifier, CancellationToken cancellationToken)
    {
        try
        {
            if (_resourceVersion is null)
            {
                return await ListAsync(notifier, cancellationToken);
            }

            if (_isSuspect && await HasNewHistoryAsync(_resourceVersion, cancellationToken))
            {
                return Restart();
            }
        }
        catch (KubernetesException e)
        {
            return await FailedAsync(notifier, e, cancellationToken);
        }

        var watch = new ReflectorWatch(_client, _identity, _resource, _ns, notifier);
        var timeout = _options.MinWatchTimeout + ((_options.MaxWatchTimeout - _options.MinWatchTimeout) * Random.Shared.NextDouble());
        var started = _time.GetTimestamp();
        try
        {
            await watch.RunAsync(new WatchOptions(_resourceVersion, _options.LabelSelector, _options.FieldSelector, timeout, _options.MetadataOnly), cancellationToken);
        }
        catch (KubernetesException e)
        {
            return watch.IsOpen && e.Failure != KubernetesFailure.Expired ? Dropped(watch, started, e) : await FailedAsync(notifier, e, cancellationToken);
        }

        return watch.HasNewHistory ? Restart() : Ended(watch, started, timeout);
    }

    private async Task<TimeSpan> ListAsync(ReflectorNotifier notifier, CancellationToken cancellationToken)
    {
        var options = new ListOptions(_options.PageSize, null, _options.LabelSelector, _options.FieldSelector, null, _options.MetadataOnly);
        var (items, version) = await ListPager.ReadAsync(_client, _identity, _resource, _ns, options, notifier.TakePageAsync, cancellationToken);
        KubernetesTelemetry.RecordList(_client.ClusterName, _resource);
        await notifier.ReplaceAsync(items, cancellationToken);
        _resourceVersion = version;
        _isSuspect = false;
        return TimeSpan.Zero;
    }

    /// <summary>
    /// A watch from a version that lies in the future of a server restored from a backup would stay silent, so after a break the
    /// present version is read first.
    /// </summary>
    private async Task<bool> HasNewHistoryAsync(string version, CancellationToken cancellationToken)
    {
        var page = await _client.ListAsync(_identity, _resource, _ns, new ListOptions(Limit: 1, MetadataOnly: true), cancellationToken);
        _isSuspect = false;
        return ResourceVersions.IsOlder(page.ResourceVersion, version);
    }

    private TimeSpan Restart()
    {
        NewHistory(_logger, _client.ClusterName, _resource);
        _resourceVersion = null;
        return _backoff.NextUnlessFirst();
    }

    private TimeSpan Ended(ReflectorWatch watch, long started, TimeSpan timeout)
    {
        var lasted = Close(watch, started);
        // A server that ends a watch before its time may be on its way down.
        _isSuspect = lasted < timeout - TimeSpan.FromSeconds(1);
        // One that accepts watches only to end them must not be asked in a tight loop.
        return lasted >= HealthyWatch ? TimeSpan.Zero : _backoff.Next();
    }

    private TimeSpan Dropped(ReflectorWatch watch, long started, KubernetesException e)
    {
        // Not stale yet: dropping is what watches do. Only if it cannot be opened again is the state stale.
        Close(watch, started);
        WatchDropped(_logger, e.Message, _client.ClusterName, _resource);
        _isSuspect = true;
        return _backoff.Next(e.RetryAfter);
    }

    private TimeSpan Close(ReflectorWatch watch, long started)
    {
        _resourceVersion = watch.ResourceVersion;
        KubernetesTelemetry.RecordWatchRestart(_client.ClusterName, _resource);
        var lasted = _time.GetElapsedTime(started);
        if (lasted >= HealthyWatch)
        {
            _backoff.Reset();
        }

        return lasted;
    }

    private async Task<TimeSpan> FailedAsync(ReflectorNotifier notifier, KubernetesException e, CancellationToken cancellationToken)
    {
        if (e.Failure == KubernetesFailure.Expired && _resourceVersion is not null)
        {
            // Expected after a quiet time. The old state stays valid until the new one replaces it.
            WatchExpired(_logger, _client.ClusterName, _resource);
            _resourceVersion = null;
            return _backoff.NextUnlessFirst();
        }

        if (e.Causes.Any(c => c.Reason == "ResourceVersionTooLarge"))
        {
            _resourceVersion = null;
        }

        _isSuspect = true;
        var pause = _backoff.Next(e.RetryAfter);
        if (await notifier.StaleAsync(e, cancellationToken))
        {
            BecameStale(_logger, e.Message, _client.ClusterName, _resource, pause.TotalSeconds);
        }

        return pause;
    }

    [LoggerMessage(1, LogLevel.Warning, "The state of {Cluster} {Resource} is stale, next try in {Seconds:0.0} s: {Reason}")]
    private static partial void BecameStale(ILogger logger, string reason, string cluster, GroupVersionResource resource, double seconds);

    [LoggerMessage(2, LogLevel.Debug, "The watch of {Cluster} {Resource} was dropped: {Reason}")]
    private static partial void WatchDropped(ILogger logger, string reason, string cluster, GroupVersionResource resource);

    [LoggerMessage(3, LogLevel.Information, "The watch of {Cluster} {Resource} expired; listing again")]
    private static partial void WatchExpired(ILogger logger, string cluster, GroupVersionResource resource);

    [LoggerMessage(4, LogLevel.Warning, "The API server of {Cluster} has a new history; listing {Resource} again")]
    private static partial void NewHistory(ILogger logger, string cluster, GroupVersionResource resource);

    [LoggerMessage(5, LogLevel.Error, "A consumer of {Cluster} {Resource} failed; it gets the whole state again")]
    private static partial void SinkFailed(ILogger logger, Exception exception, string cluster, GroupVersionResource resource);
}
