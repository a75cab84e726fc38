using System.Collections.Concurrent;

namespace Wego.GrainRuntime.Tests;

/// <summary>How grains and tests wait for each other: named events, and a record of what happened. One per cluster, injected into grains.</summary>
public sealed class Probe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _events = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _record = new();

    /// <summary>What was recorded, in order.</summary>
    public IReadOnlyList<string> Recorded => [.. _record];

    public void Record(string what) => _record.Enqueue(what);

    public void Signal(string name) => Event(name).TrySetResult();

    /// <summary>Completes once the event was signalled.</summary>
    public Task SignalledAsync(string name) => Event(name).Task.WaitAsync(s_patience);

    private TaskCompletionSource Event(string name) =>
        _events.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
