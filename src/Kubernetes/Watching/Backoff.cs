namespace Wego.Kubernetes;

/// <summary>Pauses that double with every failure, each with jitter so that many clients do not come back at once.</summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max)
{
    private int _failures;

    /// <summary>The next pause: between half and all of the doubled time, but never less than the server asked for.</summary>
    public TimeSpan Next(TimeSpan? atLeast = null)
    {
        var ceiling = Math.Min(max.TotalSeconds, min.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        var pause = TimeSpan.FromSeconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
        return atLeast is { } asked && asked > pause ? asked : pause;
    }

    /// <summary>No pause the first time, then as <see cref="Next"/>: for what is normal once and suspicious when repeated.</summary>
    public TimeSpan NextUnlessFirst()
    {
        var isFirst = _failures == 0;
        var pause = Next();
        return isFirst ? TimeSpan.Zero : pause;
    }

    public void Reset() => _failures = 0;
}
