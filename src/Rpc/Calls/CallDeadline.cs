namespace Wego.Rpc;

/// <summary>The moment at which a call's caller stops waiting, as a token that is cancelled then or when the caller is gone.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _callerGone;
    private readonly ITimer? _timer;
    private volatile bool _exceeded;

    public CallDeadline(TimeSpan timeout, TimeProvider time, CancellationToken callerGone)
    {
        Token = _source.Token;
        var now = time.GetUtcNow();
        // A timeout of thousands of hours is legal on the wire; the calendar and the timers have an end.
        Time = timeout < DateTimeOffset.MaxValue - now ? now + timeout : DateTimeOffset.MaxValue;
        _callerGone = callerGone.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), _source);
        if (timeout <= TimeSpan.Zero)
        {
            Exceed();
        }
        else if (timeout < MaxTimer)
        {
            _timer = time.CreateTimer(static s => ((CallDeadline)s!).Exceed(), this, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public DateTimeOffset Time { get; }

    public CancellationToken Token { get; }

    public bool IsExceeded => _exceeded;

    private static TimeSpan MaxTimer { get; } = TimeSpan.FromDays(45);

    public void Dispose()
    {
        _timer?.Dispose();
        _callerGone.Dispose();
        _source.Dispose();
    }

    private void Exceed()
    {
        _exceeded = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended at the same moment.
        }
    }
}
