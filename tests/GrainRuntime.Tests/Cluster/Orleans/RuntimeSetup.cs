using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Wego.GrainRuntime.Tests;

/// <summary>A cluster of one silo on loopback ports that are free.</summary>
internal static class RuntimeSetup
{
    public static void Apply(ISiloBuilder silo, FakeTimeProvider clock)
    {
        silo.UseLocalhostClustering(FreePort(), FreePort());
        var flow = new FlowingClock(clock);
        silo.Services.AddSingleton(_ => flow);
        silo.Services.AddSingleton<TimeProvider>(services =>
        {
            // Resolved so that the host disposes it, after the silo has stopped.
            services.GetRequiredService<FlowingClock>();
            return clock;
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
