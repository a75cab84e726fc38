namespace Wego.Grains;

/// <summary>The type of a change.</summary>
public enum InstalledPackageEventType
{
    /// <summary>The package exists, new or changed.</summary>
    Present,

    /// <summary>The package is gone.</summary>
    Deleted,

    /// <summary>Everything that existed when the stream began has been sent.</summary>
    Synced,
}
