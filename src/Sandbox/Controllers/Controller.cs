using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Sandbox.Controllers;

/// <summary>
/// Watches one kind and reconciles each object whenever it changes: one reconciliation of an object at a time, different
/// objects side by side, failures again after a pause.
/// </summary>
internal sealed partial class Controller : IReflectorSink, IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Func<string, string, CancellationToken, Task> _reconcile;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<(string Namespace, string Name)> _queue = Channel.CreateUnbounded<(string, string)>();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Namespace, string Name), bool> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private readonly Task _work;

    /// <param name="client">The cluster.</param>
    /// <param name="resource">The kind.</param>
    /// <param name="reconcile">Brings one object, by namespace and name, to where it should be; the object may be gone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures go.</param>
    public Controller(IKubernetesClient client, GroupVersionResource resource, Func<string, string, CancellationToken, Task> reconcile, TimeProvider time, ILogger logger)
    {
        (_reconcile, _time, _logger) = (reconcile, time, logger);
        _watch = IgnoreCancellationAsync(new Reflector(client, KubernetesIdentity.Service, resource, ns: null, new ReflectorOptions(), this, time, logger).RunAsync(_stop.Token));
        _work = IgnoreCancellationAsync(WorkAsync(_stop.Token));
    }

    /// <summary>Has an object reconciled because something it depends on has changed.</summary>
    public void Enqueue(string ns, string name) => _queue.Writer.TryWrite((ns, name));

    public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            _queue.Writer.TryWrite((item.Namespace, item.Name));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        _queue.Writer.TryWrite((change.Object.Namespace, change.Object.Name));
        return ValueTask.CompletedTask;
    }

    public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CurrentAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watch, _work);
        _stop.Dispose();
    }

    private static async Task IgnoreCancellationAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        var workers = new List<Task>();
        await foreach (var key in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            lock (_gate)
            {
                if (!_running.TryAdd(key, false))
                {
                    // Changed while it is being reconciled: once more afterwards.
                    _running[key] = true;
                    continue;
                }
            }

            workers.RemoveAll(w => w.IsCompleted);
            workers.Add(ReconcileAsync(key, cancellationToken));
        }

        await Task.WhenAll(workers);
    }

    private async Task ReconcileAsync((string Namespace, string Name) key, CancellationToken cancellationToken)
    {
        bool again;
        try
        {
            await _reconcile(key.Namespace, key.Name, cancellationToken);
            again = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // Conflicts and missing objects are daily life for a controller.
            LogFailed(_logger, key.Namespace, key.Name, e.Message);
            await Task.Delay(RetryDelay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            again = true;
        }

        lock (_gate)
        {
            _running.Remove(key, out var changed);
            again |= changed;
        }

        if (again)
        {
            _queue.Writer.TryWrite(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reconciling {Namespace}/{Name} failed and is tried again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string @namespace, string name, string reason);
}
