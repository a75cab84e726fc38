using Wego.Testing.ApiServers;

namespace Wego.Perf.Cluster;

/// <summary>What was built with Orleans, whose packages are not everywhere: builds of their own, which environment variables name.</summary>
internal static class OrleansBuilds
{
    private const string SiloVariable = "WEGO_TEST_ORLEANS", CallsVariable = "WEGO_PERF_ORLEANS_CALLS";

    /// <summary>The executable.</summary>
    public static string Silo => Environment.GetEnvironmentVariable(SiloVariable)!;

    /// <summary>The program of the grain calls.</summary>
    public static string Calls => Environment.GetEnvironmentVariable(CallsVariable)!;

    /// <summary>Why grain calls cannot be measured on Orleans, or null.</summary>
    public static string? CallsMissing => Missing(CallsVariable, "Wego.Perf.GrainCalls.dll of dotnet publish perf/GrainCalls");

    /// <summary>Why no cluster can be measured, or null.</summary>
    public static string? ClusterMissing => Missing(SiloVariable, "Wego.Silo.dll of dotnet publish src/Silo") ?? ApiServerAssets.MissingReason();

    private static string? Missing(string variable, string what) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => $"{variable} is not set; it names the {what} -p:GrainRuntime=Orleans",
        var path when !File.Exists(path) => $"{variable} names {path}, which does not exist",
        _ => null,
    };
}
