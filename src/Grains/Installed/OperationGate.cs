using Microsoft.Extensions.Logging;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// Lets one operation on a package run at a time. Short ones wait for each other. A long one is refused while another runs,
/// and goes on when its caller leaves: half an installation is worse than one that nobody waits for.
/// </summary>
internal sealed partial class OperationGate(ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private string _running = "";

    /// <summary>Runs an operation when no other one runs.</summary>
    public async Task RunAsync(string what, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        await HoldAsync(what, operation, cancellationToken);
    }

    /// <summary>Runs an operation to its end, whether or not the caller waits for it.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.Aborted"/>: another one is under way.</exception>
    public async Task RunToEndAsync(string what, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await _one.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            throw new PackageException(
                PackageErrorCode.Aborted, $"Could not {what}: somebody else's operation is under way ({_running}). Wait until it has ended, look at its outcome, and try again.");
        }

        var running = HoldAsync(what, operation, _stop.Token);
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            Watch(what, running);
            throw;
        }
    }

    /// <summary>Tells a running operation to stop and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _one.WaitAsync();
        _one.Dispose();
        _stop.Dispose();
    }

    private async Task HoldAsync(string what, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        try
        {
            _running = what;
            await operation(cancellationToken);
        }
        finally
        {
            _running = "";
            _one.Release();
        }
    }

    private void Watch(string what, Task running) => _ = WatchAsync(what, running);

    private async Task WatchAsync(string what, Task running)
    {
        try
        {
            await running;
        }
        catch (Exception e) when (e is PackageException or OperationCanceledException)
        {
            LogUnseen(logger, what, e.Message);
        }
        catch (Exception e)
        {
            LogBug(logger, e, what);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody waited for the end of '{Operation}': {Reason}")]
    private static partial void LogUnseen(ILogger logger, string operation, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "'{Operation}' failed because of a fault in Wego, and nobody waited for it.")]
    private static partial void LogBug(ILogger logger, Exception exception, string operation);
}
