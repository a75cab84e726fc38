using Orleans.Hosting;

namespace Wego.Perf.GrainCalls;

/// <summary>The runtime in this process, as the executable has it.</summary>
internal static class Runtime
{
    public const string Name = "InProcess";

    public static void Apply(ISiloBuilder silo) => ArgumentNullException.ThrowIfNull(silo);
}
