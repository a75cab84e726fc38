namespace Wego.Plugins.Charts;

/// <summary>An entry of an index that was skipped.</summary>
/// <param name="Chart">The chart it belongs to.</param>
/// <param name="Line">The line where the entry begins, counted from 1; 0 where it is not known.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record ChartIndexProblem(string Chart, long Line, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{Chart} (line {Line}): {Reason}" : $"{Chart}: {Reason}";
}
