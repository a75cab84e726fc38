namespace Wego.Silo;

/// <summary>What a process does. The setting <c>Wego:Roles</c>.</summary>
[Flags]
internal enum WegoRoles
{
    /// <summary>It holds grains.</summary>
    Silo = 1,

    /// <summary>It serves clients.</summary>
    Frontend = 2,

    /// <summary>It does both; so the least calls go from process to process.</summary>
    Both = Silo | Frontend,
}
