namespace Wego.Silo;

/// <summary>The grain runtime of one process.</summary>
internal static class ClusterRuntime
{
    public static IReadOnlyList<string> Check(SiloClusterOptions options, WegoRoles roles, bool isProduction) => roles == WegoRoles.Both
        ? []
        :
        [
            $"{SiloClusterOptions.RolesKey} is {roles.ToString().ToLowerInvariant()}, but this executable has the grain runtime of one process, which is silo and frontend at once: "
            + "remove the setting, or use a build with -p:GrainRuntime=Orleans.",
        ];

    public static void Add(WebApplicationBuilder builder, SiloClusterOptions options, WegoRoles roles) => builder.UseOrleans();
}
