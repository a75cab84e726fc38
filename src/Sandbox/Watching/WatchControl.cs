namespace Wego.Sandbox.Watching;

/// <summary>Ends watches from outside: what a fault or a restart does to them.</summary>
internal sealed class WatchControl : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _drop = new();
    private CancellationTokenSource _abort = new();
    private CancellationTokenSource _expire = new();
    private volatile bool _closed;

    /// <summary>Cancelled when open watches must end as if they had timed out.</summary>
    public CancellationToken Dropped => _closed ? new CancellationToken(canceled: true) : Current(ref _drop);

    /// <summary>Cancelled when the connections of open watches must break.</summary>
    public CancellationToken Aborted => Current(ref _abort);

    /// <summary>Cancelled when open watches must report 410.</summary>
    public CancellationToken Expired => Current(ref _expire);

    public void Drop() => Fire(ref _drop);

    public void Abort() => Fire(ref _abort);

    public void Expire() => Fire(ref _expire);

    /// <summary>Ends open watches, and those to come as soon as they begin: the server is about to stop.</summary>
    public void Close()
    {
        _closed = true;
        Drop();
    }

    public void Dispose()
    {
        _drop.Dispose();
        _abort.Dispose();
        _expire.Dispose();
    }

    private CancellationToken Current(ref CancellationTokenSource source)
    {
        lock (_gate)
        {
            return source.Token;
        }
    }

    private void Fire(ref CancellationTokenSource source)
    {
        CancellationTokenSource old;
        lock (_gate)
        {
            old = source;
            source = new CancellationTokenSource();
        }

        old.Cancel();
        old.Dispose();
    }
}
