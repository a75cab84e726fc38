namespace Wego.Kubernetes;

/// <summary>Pauses that double with every failure, each with jitter so that many clients do not come back at once.</summary>
public sealed class Backoff(TimeSpan min, TimeSpan max)
{
    private int _failures;

    /// <summary>The pause after <paramref name="failures"/> + 1 failures in a row: doubling from <paramref name="min"/> up to <paramref name="max"/>, between half and all of it.</summary>
    public static TimeSpan Delay(int failures, TimeSpan min, TimeSpan max)
    {
        var ceiling = Math.Min(max.TotalSeconds, min.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromSeconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>The next pause: between half and all of the doubled time, but never less than the server asked for.</summary>
    public TimeSpan Next(TimeSpan? atLeast = null)
    {
        var pause = Delay(_failures, min, max);
        _failures++;
        return atLeast is { } asked && asked > pause ? asked : pause;
    }

    /// <summary>No pause the first time, then as <see cref="Next"/>: for what is normal once and suspicious when repeated.</summary>
    public TimeSpan NextUnlessFirst()
    {
        var isFirst = _failures == 0;
        var pause = Next();
        return isFirst ? TimeSpan.Zero : pause;
    }

    /// <summary>The next pause is a first one again.</summary>
    public void Reset() => _failures = 0;
}
