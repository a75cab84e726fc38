namespace Wego.Plugins.Helm;

/// <summary>The times that are no settings.</summary>
internal static class HelmTimes
{
    /// <summary>
    /// How much longer than it was told to Helm may take before it is asked to end, and then again before it is killed: Helm's own
    /// timeout leaves a better record of what happened.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long <c>helm version</c> may take.</summary>
    public static TimeSpan Version { get; } = TimeSpan.FromSeconds(30);
}
