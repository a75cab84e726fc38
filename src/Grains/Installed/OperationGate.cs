using Microsoft.Extensions.Logging;
using Wego.Lifecycle;
using Wego.Plugins;
using Wego.Tenants;

namespace Wego.Grains;

/// <summary>
/// Lets one operation on a package run at a time. Short ones wait for each other. A long one is refused while another runs,
/// and goes on when its caller leaves: half an installation is worse than one that nobody waits for.
/// </summary>
/// <param name="operations">All that run in this process; it lets no new ones in when the process is about to end.</param>
/// <param name="capacity">What long operations of all packages share.</param>
/// <param name="tenant">Whose the package is.</param>
/// <param name="logger">Told how what nobody waited for ended.</param>
internal sealed partial class OperationGate(OperationsInFlight operations, SharedCapacity capacity, string tenant, ILogger logger) : IAsyncDisposable
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

    // Until it has begun, nothing is lost when its caller leaves.
    private async Task TakeTurnAsync(Func<CancellationToken, Task> operation, CancellationToken caller, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, cancellationToken);
        using var turn = await capacity.Operations.EnterAsync(tenant, either.Token);
        await operation(cancellationToken);
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

        var running = HoldAsync(what, token => TakeTurnAsync(operation, cancellationToken, token), _stop.Token);
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogLeft(logger, what);
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
            using var admitted = operations.TryBegin() ?? throw Refused(what);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, operations.Ending);
            _running = what;
            await operation(either.Token);
        }
        catch (OperationCanceledException e) when (operations.Ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PackageException(
                PackageErrorCode.Unavailable, $"Could not {what} to the end: this replica of Wego had to stop. Look at what has come of it, and try again.", e);
        }
        finally
        {
            _running = "";
            _one.Release();
        }
    }

    private static PackageException Refused(string what) =>
        new(PackageErrorCode.Unavailable, $"Could not {what}: this replica of Wego is stopping and nothing was changed. Try again; another one will answer.")
        {
            RetryAfter = OperationsInFlight.RetryAfter,
        };

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

    [LoggerMessage(Level = LogLevel.Information, Message = "The caller of '{Operation}' has left; it goes on.")]
    private static partial void LogLeft(ILogger logger, string operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody waited for the end of '{Operation}': {Reason}")]
    private static partial void LogUnseen(ILogger logger, string operation, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "'{Operation}' failed because of a fault in Wego, and nobody waited for it.")]
    private static partial void LogBug(ILogger logger, Exception exception, string operation);
}
