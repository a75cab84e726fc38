namespace Wego.Kubernetes;

/// <summary>
/// A token bucket that lets requests through in the order of their arrival. Own code because
/// <c>System.Threading.RateLimiting.TokenBucketRateLimiter</c> takes no <see cref="TimeProvider"/>.
/// </summary>
/// <param name="qps">Requests per second; 0 for no limit.</param>
/// <param name="burst">How many may go at once after a pause.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestLimiter(double qps, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _countedAt = time.GetTimestamp();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (qps <= 0)
        {
            return;
        }

        var delay = Reserve();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(delay, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            GiveBack();
            throw;
        }
    }

    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_countedAt, now).TotalSeconds * qps));
            _countedAt = now;
            // Below zero the bucket owes: each waiter waits for its own share of the debt.
            _tokens -= 1;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / qps);
        }
    }

    private void GiveBack()
    {
        lock (_gate)
        {
            _tokens = Math.Min(burst, _tokens + 1);
        }
    }
}
