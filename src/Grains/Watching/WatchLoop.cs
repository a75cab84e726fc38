using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>
/// Keeps one watch, with the service's identity, from start to disposal: finds out how the cluster serves what is watched, reflects it for
/// as long as it does, and begins again after a pause. The loop runs beside the grain; what it sees arrives as turns.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="target">What is watched.</param>
/// <param name="grain">Gets what is seen, in turns of the grain that creates the loop.</param>
/// <param name="services">The grain's.</param>
internal sealed partial class WatchLoop(IKubernetesClient client, WatchTarget target, IReflectorSink grain, GrainServices services) : IAsyncDisposable
{
    private readonly TaskScheduler _turns = TaskScheduler.Current;
    private readonly TurnSink _sink = new(TaskScheduler.Current, grain);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Starts the loop.</summary>
    public void Start() =>
        _loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

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
                var (resource, atLeast) = await FindAsync(cancellationToken);
                if (resource is not null)
                {
                    attempt = 0;
                    await Reflection.RunAsync(client, resource.Resource, target.NamespaceOf(resource), target.Options, _sink, services, cancellationToken);
                }

                var pause = Backoff.Delay(attempt++, services.Options.RetryDelay, services.Options.MaxRetryDelay);
                await Task.Delay(atLeast > pause ? atLeast : pause, services.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            LogLoopEnded(services.Logger, e, target.What);
            await _sink.StaleAsync(services.Time.GetUtcNow(), new KubernetesException(KubernetesFailure.Other, "The watch loop ended; see the log."), CancellationToken.None);
        }
    }

    /// <summary>The resource, or null and how long the API server asks to wait.</summary>
    private async Task<(ApiResource? Resource, TimeSpan AtLeast)> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await target.FindAsync(client.Discovery, cancellationToken);
            if (found is null && target.NotServed is { } notServed)
            {
                await Task.Factory.StartNew(notServed, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns);
            }

            return (found, TimeSpan.Zero);
        }
        catch (KubernetesException e)
        {
            LogDiscoveryFailed(services.Logger, target.What, e.Message);
            await _sink.StaleAsync(services.Time.GetUtcNow(), e, cancellationToken);
            return (null, e.RetryAfter ?? TimeSpan.Zero);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch of {What} ended unexpectedly.")]
    private static partial void LogLoopEnded(ILogger logger, Exception exception, string what);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not find out how {What} is served, trying again: {Reason}")]
    private static partial void LogDiscoveryFailed(ILogger logger, string what, string reason);
}
