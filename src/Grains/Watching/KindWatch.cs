using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// Keeps one watch on a kind, with the service's identity, from start to disposal: finds out in which version the cluster
/// serves the kind, waits for it where it is not installed yet, and reflects it. The loop runs beside the grain; what it
/// sees arrives as turns.
/// </summary>
internal sealed partial class KindWatch : IAsyncDisposable
{
    private readonly IKubernetesClient _client;
    private readonly WatchedKind _kind;
    private readonly string? _namespace;
    private readonly ObjectSelector? _selector;
    private readonly WatchState _state;
    private readonly TaskScheduler _turns;
    private readonly TurnSink _sink;
    private readonly GrainServices _services;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public KindWatch(IKubernetesClient client, WatchedKind kind, string? ns, ObjectSelector? selector, WatchState state, IReflectorSink sink, GrainServices services)
    {
        _client = client;
        _kind = kind;
        _namespace = ns;
        _selector = selector;
        _state = state;
        _turns = TaskScheduler.Current;
        _sink = new TurnSink(_turns, sink);
        _services = services;
    }

    /// <summary>Starts the loop. Call it from a turn of the grain that owns it.</summary>
    public KindWatch Start()
    {
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var cancellationToken = _stop.Token;
        var attempt = 0;
        try
        {
            while (true)
            {
                if (await FindAsync(cancellationToken) is { } resource)
                {
                    attempt = 0;
                    await ReflectAsync(resource, cancellationToken);
                }

                await Task.Delay(Backoff.Delay(attempt++, _services.Options.RetryDelay, _services.Options.MaxRetryDelay), _services.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            LogLoopEnded(_services.Logger, e, _kind.Resource, _kind.Group);
            await _sink.StaleAsync(_services.Time.GetUtcNow(), new KubernetesException(KubernetesFailure.Other, "The watch loop ended; see the log."), CancellationToken.None);
        }
    }

    private async Task<ApiResource?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await _client.Discovery.FindResourceAsync(_kind.Group, _kind.Resource, _kind.Versions, cancellationToken);
            if (found is null)
            {
                await TurnAsync(() => _state.Fail(new PackageException(
                    PackageErrorCode.FailedPrecondition,
                    $"Cluster '{_client.ClusterName}' serves no {_kind.Resource}.{_kind.Group} in any version Wego reads ({string.Join(", ", _kind.Versions)}): install what brings it.")));
            }

            return found;
        }
        catch (KubernetesException e)
        {
            await _sink.StaleAsync(_services.Time.GetUtcNow(), e, cancellationToken);
            return null;
        }
    }

    private Task ReflectAsync(ApiResource resource, CancellationToken cancellationToken)
    {
        var options = new ReflectorOptions
        {
            LabelSelector = _selector?.LabelSelector ?? _kind.LabelSelector,
            FieldSelector = _selector?.FieldSelector ?? _kind.FieldSelector,
        };
        return Reflection.RunAsync(_client, resource.Resource, _namespace, options, _sink, _services, cancellationToken);
    }

    private Task TurnAsync(Action turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns);

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch of {Resource}.{Group} ended unexpectedly.")]
    private static partial void LogLoopEnded(ILogger logger, Exception exception, string resource, string group);
}
