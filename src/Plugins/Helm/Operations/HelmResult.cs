namespace Wego.Plugins.Helm;

/// <summary>How a <c>helm</c> process ended.</summary>
/// <param name="ExitCode">0 where it did what it was to do; 128 and the signal where it was killed.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">The end of what it complained about.</param>
/// <param name="TimedOut">Whether Wego ended it because it took too long.</param>
internal sealed record HelmResult(int ExitCode, string Output, string Errors, bool TimedOut)
{
    private const int Killed = 128;

    /// <summary>Whether it printed more than was to be kept.</summary>
    public bool OutputWasCut { get; init; }

    /// <summary>The signal that ended it though Wego had not sent it, or 0.</summary>
    public int Signal => !TimedOut && ExitCode > Killed ? ExitCode - Killed : 0;
}
