namespace Wego.Plugins;

/// <summary>What would happen to an object; numbers as on the wire.</summary>
public enum ResourceChangeType
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>It would be created.</summary>
    Added = 1,

    /// <summary>It would be changed.</summary>
    Changed = 2,

    /// <summary>It would be deleted.</summary>
    Removed = 3,
}
