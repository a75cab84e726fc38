namespace Wego.Plugins;

/// <summary>What can be done with an installed package.</summary>
public enum PackageOperation
{
    /// <summary>Install it.</summary>
    Create,

    /// <summary>Change its version, values or options.</summary>
    Update,

    /// <summary>Go back to an earlier revision.</summary>
    Rollback,

    /// <summary>Uninstall it.</summary>
    Delete,
}
