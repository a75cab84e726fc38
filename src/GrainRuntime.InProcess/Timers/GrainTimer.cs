using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// Arms one-shot clock timers: the next is armed when a tick has ended, so that ticks never pile up. A clock timer only
/// posts; the callback runs as a turn.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _clock;
    private TimeSpan _next;
    private TimeSpan _period;
    private bool _ticking;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Validate(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _interleave = options.Interleave;
        _keepAlive = options.KeepAlive;
        _period = options.Period;
        using (ExecutionContext.SuppressFlow())
        {
            _clock = activation.Silo.Clock.CreateTimer(static state => ((GrainTimer)state!).Post(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _clock.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
            {
                return;
            }

            _next = dueTime;
            _period = period;
            if (!_ticking)
            {
                _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
            {
                return;
            }
        }

        _clock.Dispose();
        _disposed.Cancel();
        _activation.Forget(this);
    }

    public async Task TickAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            _next = _period;
        }

        try
        {
            await _callback(_disposed.Token);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The callback ended because its timer did.
        }
        catch (Exception e)
        {
            Log.TimerFailed(_activation.Silo.Logger, _activation.GrainId, e);
        }
        finally
        {
            lock (_gate)
            {
                _ticking = false;
                if (!_disposed.IsCancellationRequested)
                {
                    _clock.Change(_next, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        var most = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, most);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
    }

    private void Post()
    {
        lock (_gate)
        {
            _ticking = true;
        }

        _activation.TryReceive(new TimerTick(this, _interleave, _keepAlive));
    }
}
