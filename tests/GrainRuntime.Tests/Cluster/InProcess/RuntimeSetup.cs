using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Wego.GrainRuntime.Tests;

/// <summary>The runtime in this process.</summary>
internal static class RuntimeSetup
{
    public static void Apply(ISiloBuilder silo, FakeTimeProvider clock) => silo.Services.AddSingleton<TimeProvider>(clock);
}
