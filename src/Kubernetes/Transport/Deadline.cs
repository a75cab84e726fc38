namespace Wego.Kubernetes;

/// <summary>A caller's cancellation joined with a time limit, able to tell which of the two struck.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _limit = new CancellationTokenSource(limit, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>Whether the limit, and not the caller, ended the operation.</summary>
    public bool HasExpired => _limit.IsCancellationRequested && !_caller.IsCancellationRequested;

    public bool IsCanceledByCaller => _caller.IsCancellationRequested;

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
