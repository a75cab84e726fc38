namespace Wego.Kubernetes;

/// <summary>
/// A token bucket. Who must wait is let through by turns, one request of each party that waits, so that a caller who asks a thousand
/// times delays one who asks once by no more than one request. Own code because
/// <c>System.Threading.RateLimiting.TokenBucketRateLimiter</c> takes no <see cref="TimeProvider"/> and keeps one queue.
/// </summary>
/// <param name="qps">Requests per second; 0 for no limit.</param>
/// <param name="burst">How many may go at once after a pause.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestLimiter(double qps, int burst, TimeProvider time) : IDisposable
{
    // Seconds times requests per second do not always add up to exactly one.
    private const double Whole = 1 - 1e-6;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private double _tokens = burst;
    private long _countedAt = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>Waits until a request may go.</summary>
    /// <param name="party">Tells whose it is; asked only where it must wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WaitAsync(Func<string> party, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (qps <= 0)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource waiter;
        lock (_gate)
        {
            Refill();
            if (_turns.Count == 0 && _tokens >= Whole)
            {
                _tokens -= 1;
                return Task.CompletedTask;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var key = party();
            if (!_waiting.TryGetValue(key, out var queue))
            {
                _waiting[key] = queue = new Queue<TaskCompletionSource>();
                _turns.Enqueue(key);
            }

            queue.Enqueue(waiter);
            if (_turns.Count == 1 && queue.Count == 1)
            {
                SetTimer();
            }
        }

        return WaitAsync(waiter, cancellationToken);
    }

    public void Dispose() => _timer?.Dispose();

    private static async Task WaitAsync(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        // Who gave up is passed over when its turn comes, and takes no token.
        await using var registration = cancellationToken.UnsafeRegister(static (w, token) => ((TaskCompletionSource)w!).TrySetCanceled(token), waiter);
        await waiter.Task;
    }

    private void Admit()
    {
        lock (_gate)
        {
            Refill();
            while (_turns.Count > 0 && _tokens >= Whole)
            {
                var key = _turns.Dequeue();
                var queue = _waiting[key];
                var isAdmitted = queue.Dequeue().TrySetResult();
                if (queue.Count == 0)
                {
                    _waiting.Remove(key);
                }
                else
                {
                    _turns.Enqueue(key);
                }

                if (isAdmitted)
                {
                    _tokens -= 1;
                }
            }

            if (_turns.Count > 0)
            {
                SetTimer();
            }
        }
    }

    private void SetTimer()
    {
        // Rounded up, so that the token is there when the timer fires.
        var due = TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / qps * TimeSpan.TicksPerSecond));
        if (_timer is null)
        {
            _timer = time.CreateTimer(static l => ((RequestLimiter)l!).Admit(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_countedAt, now).TotalSeconds * qps));
        _countedAt = now;
    }
}
