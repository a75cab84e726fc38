namespace Wego.Perf.Api;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">With its unit.</param>
/// <param name="MustReach">Empty where it only explains another line.</param>
/// <param name="Reached">Null where nothing must be reached.</param>
internal sealed record Result(string What, string Measured, string MustReach = "", bool? Reached = null)
{
    /// <summary>How many times as much one is as the other.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="measured">In the same unit as <paramref name="beside"/>.</param>
    /// <param name="beside">What it is compared with.</param>
    /// <param name="most">What it must not exceed, or null.</param>
    public static Result Ratio(string what, double measured, double beside, double? most = null)
    {
        var ratio = measured / beside;
        return new Result(what, FormattableString.Invariant($"{ratio:F2}"), most is null ? "" : FormattableString.Invariant($"at most {most}"), most is null ? null : ratio <= most);
    }

    public static Result Skipped(string what, string why) => new(what, $"skipped: {why}");

    public override string ToString() =>
        $"| {What} | {Measured} | {MustReach} | {Reached switch { true => "ok", false => "NOT REACHED", null => "" }} |";
}
