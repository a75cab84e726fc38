namespace Wego.Lifecycle;

/// <summary>
/// The operations that run here, such as installations, whether or not their callers still wait. A replica that ends lets them finish
/// and lets no new ones in.
/// </summary>
public sealed class OperationsInFlight : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closed;

    /// <summary>How long those who were refused should wait: another replica answers at once, but not all of them at the same moment.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Cancelled when operations that still run must end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>How many run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Begins an operation, which has ended when the result is disposed; null where no new ones are let in.</summary>
    public IDisposable? TryBegin()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            _count++;
            return new Operation(this);
        }
    }

    /// <summary>Lets no new ones in.</summary>
    /// <returns>Completes when the last one has ended.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            CompleteIfEmpty();
        }

        return _empty.Task;
    }

    /// <summary>Tells those that still run to end.</summary>
    public Task EndAsync() => _ending.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();

    private void CompleteIfEmpty()
    {
        if (_closed && _count == 0)
        {
            _empty.TrySetResult();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _count--;
            CompleteIfEmpty();
        }
    }

    private sealed class Operation(OperationsInFlight all) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                all.End();
            }
        }
    }
}
