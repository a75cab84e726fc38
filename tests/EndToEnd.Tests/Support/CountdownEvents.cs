namespace Wego.EndToEnd;

/// <summary>Something that happens again and again, to wait for.</summary>
internal sealed class CountdownEvents(int wanted) : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _events = new(0);
    private int _seen;

    /// <summary>Completes once it happened as often as wanted.</summary>
    public Task Reached => _reached.Task;

    public void Signal()
    {
        _events.Release();
        if (Interlocked.Increment(ref _seen) == wanted)
        {
            _reached.TrySetResult();
        }
    }

    public void Dispose() => _events.Dispose();

    /// <summary>Looks at a condition each time it happens, until it holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        while (!await holds())
        {
            await _events.WaitAsync(cancellationToken);
        }
    }
}
