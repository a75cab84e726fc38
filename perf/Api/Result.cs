namespace Wego.Perf.Api;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">With its unit.</param>
/// <param name="MustReach">Empty where it only explains another line.</param>
/// <param name="Reached">Null where nothing must be reached.</param>
internal sealed record Result(string What, string Measured, string MustReach = "", bool? Reached = null)
{
    public static Result Skipped(string what, string why) => new(what, $"skipped: {why}");

    public override string ToString() =>
        $"| {What} | {Measured} | {MustReach} | {Reached switch { true => "ok", false => "NOT REACHED", null => "" }} |";
}
