namespace Wego.Kubernetes;

/// <summary>A caller's cancellation joined with a time limit, able to tell which of the two struck.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeSpan _span;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _span = limit;
        _caller = caller;
        _limit = new CancellationTokenSource(limit, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>Whether the limit, and not the caller, ended the operation.</summary>
    public bool HasExpired => _limit.IsCancellationRequested && !_caller.IsCancellationRequested;

    public bool IsCanceledByCaller => _caller.IsCancellationRequested;

    /// <summary>Lets the limit rest while no answer is waited for.</summary>
    public void Suspend() => _limit.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Gives the whole time anew.</summary>
    public void Restart() => _limit.CancelAfter(_span);

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
