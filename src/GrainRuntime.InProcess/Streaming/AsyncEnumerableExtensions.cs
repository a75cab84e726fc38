using Wego.GrainRuntime;

namespace Orleans.Runtime;

/// <summary>Settings of enumerations that grains produce.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>
    /// Sets how many items may cross at once, 100 if not set. A producer that has items at hand runs ahead of its
    /// consumer by up to this number.
    /// </summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBatchSize);
        if (self is StreamCall<T> call)
        {
            call.MaxBatchSize = maxBatchSize;
        }

        return self;
    }
}
