using System.Collections.Concurrent;

namespace Wego.GrainRuntime.Tests.Lifecycle;

/// <summary>Numbers the activations of each grain from 1.</summary>
public sealed class ActivationCounter
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Next(string grain) => _counts.AddOrUpdate(grain, 1, (_, count) => count + 1);
}
