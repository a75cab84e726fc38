namespace Wego.Testing.ApiServers;

/// <summary>The users of a test cluster.</summary>
/// <param name="Admin">May do everything.</param>
/// <param name="TeamA">Has the role "edit" in the namespace "team-a" and nothing elsewhere.</param>
/// <param name="Viewer">Has the role "view" everywhere, so no secrets.</param>
/// <param name="Nobody">Is authenticated and has no rights.</param>
public sealed record TestIdentities(TestIdentity Admin, TestIdentity TeamA, TestIdentity Viewer, TestIdentity Nobody)
{
    /// <summary>The namespace in which <see cref="TeamA"/> may edit.</summary>
    public const string TeamANamespace = "team-a";

    public IEnumerable<TestIdentity> All => [Admin, TeamA, Viewer, Nobody];
}
