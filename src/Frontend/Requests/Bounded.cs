namespace Wego.Frontend;

/// <summary>Waits that end.</summary>
internal static class Bounded
{
    /// <summary>Runs an operation for at most <paramref name="limit"/>.</summary>
    /// <returns>Whether it completed, and its result.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<(bool Completed, T? Result)> RunAsync<T>(TimeProvider time, TimeSpan limit, Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), ended, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return (true, await operation(ended.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, default);
        }
    }
}
