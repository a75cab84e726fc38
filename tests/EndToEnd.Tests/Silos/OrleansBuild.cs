namespace Wego.EndToEnd.Silos;

/// <summary>The executable built with Orleans, where its packages can be restored: a build of its own, which CI makes and names.</summary>
internal static class OrleansBuild
{
    /// <summary>The environment variable that names the assembly.</summary>
    public const string Variable = "WEGO_TEST_ORLEANS";

    public static string? MissingReason => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => $"{Variable} is not set; it names the Wego.Silo.dll of dotnet publish src/Silo -p:GrainRuntime=Orleans",
        var path when !File.Exists(path) => $"{Variable} names {path}, which does not exist",
        _ => null,
    };

    public static string Assembly => Environment.GetEnvironmentVariable(Variable)!;
}
