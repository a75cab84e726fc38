using Orleans.Hosting;
using Wego.Testing.ApiServers;

namespace Wego.GrainRuntime.Tests;

/// <summary>A cluster of one silo on loopback ports that are free.</summary>
internal static class RuntimeSetup
{
    public static void Apply(ISiloBuilder silo, FakeTimeProvider clock)
    {
        var ports = LoopbackPort.Free(2);
        silo.UseLocalhostClustering(ports[0], ports[1]);
        silo.Services.AddGrainClock(clock);
    }
}
