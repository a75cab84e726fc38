using System.Diagnostics;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>A change that a number of clients wait for.</summary>
internal sealed class Change(string value, int clients)
{
    private readonly TaskCompletionSource _everywhere = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = clients;

    public string Value => value;

    /// <summary>Just before it was made, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Start { get; } = Stopwatch.GetTimestamp();

    /// <summary>Completes when every client has it.</summary>
    public Task Everywhere => _everywhere.Task;

    public void Arrived()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _everywhere.TrySetResult();
        }
    }
}
