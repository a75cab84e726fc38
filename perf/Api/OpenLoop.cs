using System.Diagnostics;

namespace Wego.Perf.Api;

/// <summary>Starts work at a steady rate, whether or not what was started before has ended.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <param name="perSecond">How often.</param>
    /// <param name="duration">For how long to start work; then all of it is awaited.</param>
    /// <param name="work">The work, given how often it was started before.</param>
    /// <returns>How much later than planned work was started: what the generator itself, or a busy machine, adds.</returns>
    public static async Task<Latencies> RunAsync(int perSecond, TimeSpan duration, Func<int, Task> work)
    {
        var late = new Latencies();
        var running = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        for (var count = (int)(perSecond * duration.TotalSeconds); running.Count < count; await timer.WaitForNextTickAsync())
        {
            while (running.Count < count && TimeSpan.FromSeconds((double)running.Count / perSecond) is var due && due <= Stopwatch.GetElapsedTime(start))
            {
                late.Add(Stopwatch.GetElapsedTime(start) - due);
                running.Add(work(running.Count));
            }
        }

        await Task.WhenAll(running);
        return late;
    }
}
