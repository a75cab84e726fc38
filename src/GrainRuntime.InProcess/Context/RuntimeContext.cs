using Wego.GrainRuntime;

namespace Orleans.Runtime;

/// <summary>Which activation the current thread runs a turn of.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? s_current;

    /// <summary>The activation, or null outside grains.</summary>
    public static Activation? Current
    {
        get => s_current;
        set => s_current = value;
    }
}
