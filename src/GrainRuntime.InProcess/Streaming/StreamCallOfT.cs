using System.Diagnostics.CodeAnalysis;

namespace Wego.GrainRuntime;

/// <summary>
/// A call of a method that returns <see cref="IAsyncEnumerable{T}"/>. Nothing is sent until an enumerator is asked for
/// its first item; every enumerator calls the method anew.
/// </summary>
internal abstract class StreamCall<T> : IAsyncEnumerable<T>
{
    /// <summary>The argument of the token parameter.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "Generated classes load it.")]
    public CancellationToken Token;

    /// <summary>The most items that cross to the consumer in one step.</summary>
    public int MaxBatchSize { get; set; } = 100;

    public RequestChannel Channel { get; private set; } = null!;

    public GrainMethod Method { get; private set; } = null!;

    /// <summary>The token the caller passed as an argument. Each producer replaces <see cref="Token"/> by its own.</summary>
    public CancellationToken CallerToken { get; private set; }

    /// <summary>Calls the method on the grain.</summary>
    public abstract IAsyncEnumerable<T> Invoke(object target);

    public void Prepare(RequestChannel channel, GrainMethod method)
    {
        Channel = channel;
        Method = method;
        CallerToken = Token;
    }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new StreamConsumer<T>(this, cancellationToken);
}
