using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Wego.Lifecycle;

namespace Wego.Silo;

/// <summary>
/// Ends the host on SIGTERM, SIGINT and SIGQUIT: in order on the first, at once on the second. Whatever holds it back, the process is gone
/// when the grace period is over.
/// </summary>
internal sealed partial class SignalLifetime(
    Drain drain, IOptions<LifecycleOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SignalLifetime> logger) : IHostLifetime, IDisposable
{
    private const int ExitedBySignal = 128;
    private const int ExitedTooLate = 1;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private ITimer? _limit;
    private int _signals;

    /// <summary>Ends the process; a test does something else.</summary>
    internal Action<int> Exit { get; init; } = Environment.Exit;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Signal(context.Signal);
            }));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _limit?.Dispose();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    /// <summary>What happens on a signal.</summary>
    internal void Signal(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _limit = time.CreateTimer(_ => EndTooLate(), null, options.Value.GracePeriod, Timeout.InfiniteTimeSpan);
            _ = EndAsync(signal);
            return;
        }

        LogAtOnce(signal);
        Exit(ExitedBySignal + Number(signal));
    }

    private async Task EndAsync(PosixSignal signal)
    {
        // Who presses Ctrl+C has no load balancer in front; and before the start is done nobody has been sent here.
        if (signal == PosixSignal.SIGTERM && lifetime.ApplicationStarted.IsCancellationRequested)
        {
            await drain.RunAsync(lifetime.ApplicationStopping);
        }

        lifetime.StopApplication();
    }

    private void EndTooLate()
    {
        LogTooLate(options.Value.GracePeriod);
        Exit(ExitedTooLate);
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Signal} once more: ending at once, whatever is under way.")]
    private partial void LogAtOnce(PosixSignal signal);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not ended within the grace period of {GracePeriod}: ending at once, whatever is under way.")]
    private partial void LogTooLate(TimeSpan gracePeriod);
}
