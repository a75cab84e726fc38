namespace Wego.Lifecycle;

/// <summary>Whether this replica may be sent requests: all checks say so, and it is not about to end.</summary>
public sealed class Readiness(IEnumerable<IReadinessCheck> checks, Drain drain)
{
    private readonly IReadinessCheck[] _checks = [.. checks];

    /// <summary>True where every check agrees.</summary>
    public bool IsReady => !drain.HasBegun && Array.TrueForAll(_checks, c => c.NotReadyBecause is null);

    /// <summary>What each check says, that of the end first.</summary>
    public IReadOnlyList<ReadinessState> Read() =>
    [
        new ReadinessState("shutdown", drain.HasBegun ? "this replica is about to end" : null),
        .. _checks.Select(c => new ReadinessState(c.Name, c.NotReadyBecause)),
    ];
}
