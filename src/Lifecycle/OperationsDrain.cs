using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Lifecycle;

/// <summary>
/// Lets running operations finish when the host stops. It stops after the listeners, whose callers wait for some of them, and before
/// the grains, which run them: register it after these.
/// </summary>
internal sealed partial class OperationsDrain(OperationsInFlight operations, IOptions<LifecycleOptions> options, TimeProvider time, ILogger<OperationsDrain> logger)
    : IHostedLifecycleService, IDisposable
{
    private Task _finished = Task.CompletedTask;
    private ITimer? _limit;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _finished = operations.CloseAsync();
        if (!_finished.IsCompleted)
        {
            LogWaiting(operations.Count, options.Value.OperationsPeriod);
            _limit = time.CreateTimer(_ => EndThem(), state: null, options.Value.OperationsPeriod, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _finished.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _limit?.Dispose();

    private void EndThem()
    {
        if (!_finished.IsCompleted)
        {
            LogEnding(operations.Count);
            _ = operations.EndAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for {Count} running operations, at most {Limit}.")]
    private partial void LogWaiting(int count, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The grace period is nearly over: {Count} operations are told to end before they are done.")]
    private partial void LogEnding(int count);
}
