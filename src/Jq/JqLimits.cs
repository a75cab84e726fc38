namespace Wego.Jq;

/// <summary>How much one evaluation may use before it ends with <see cref="JqLimitException"/>.</summary>
public sealed record JqLimits
{
    /// <summary>The defaults.</summary>
    public static JqLimits Default { get; } = new();

    /// <summary>How many steps: evaluated expressions, produced items, and one per eight characters of a produced string.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>How deeply functions may call each other, and how deeply values may be nested.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>How many characters a program may have.</summary>
    public int MaxProgramLength { get; init; } = 64 * 1024;

    /// <summary>How long one search with a regular expression may take.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
