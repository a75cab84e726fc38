using Microsoft.Extensions.Options;

namespace Wego.Silo;

/// <summary>Makes a host a part of the cluster of grains.</summary>
internal static class ClusterHostExtensions
{
    /// <summary>Adds the grain runtime that was built in, as the section <c>Wego:Cluster</c> says.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="alone">Whether there is nobody else to find, whatever the environment: a sandbox, or a test.</param>
    /// <returns>What this process does.</returns>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names it and the remedy.</exception>
    public static WegoRoles AddWegoCluster(this WebApplicationBuilder builder, bool alone)
    {
        var options = SiloClusterOptions.From(Environment.GetEnvironmentVariable);
        try
        {
            builder.Configuration.GetSection(SiloClusterOptions.Section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw Wrong([$"{e.Message} {e.InnerException?.Message}".TrimEnd()]);
        }

        if (alone)
        {
            options.Membership = ClusterMembership.Localhost;
        }

        var roles = ReadRoles(builder.Configuration[SiloClusterOptions.RolesKey]);
        var wrong = ClusterRuntime.Check(options, roles, isProduction: builder.Environment.IsProduction() && !alone);
        if (wrong.Count > 0)
        {
            throw Wrong(wrong);
        }

        ClusterRuntime.Add(builder, options, roles);
        return roles;
    }

    private static WegoRoles ReadRoles(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return WegoRoles.Both;
        }

        return !int.TryParse(text, out _) && Enum.TryParse<WegoRoles>(text, ignoreCase: true, out var roles)
            ? roles
            : throw Wrong([$"{SiloClusterOptions.RolesKey} is '{text}'; it must be silo, frontend or both."]);
    }

    private static OptionsValidationException Wrong(IReadOnlyList<string> failures) => new(SiloClusterOptions.Section, typeof(SiloClusterOptions), failures);
}
