using Orleans.Hosting;
using Wego.Testing.ApiServers;

namespace Wego.Perf.GrainCalls;

/// <summary>A cluster of one silo on loopback, as the executable has it.</summary>
internal static class Runtime
{
    public const string Name = "Orleans";

    public static void Apply(ISiloBuilder silo)
    {
        var ports = LoopbackPort.Free(2);
        silo.AddActivityPropagation();
        silo.UseLocalhostClustering(ports[0], ports[1]);
    }
}
