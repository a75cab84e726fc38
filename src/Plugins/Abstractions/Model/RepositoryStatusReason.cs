namespace Wego.Plugins;

/// <summary>The state of a repository; numbers as on the wire.</summary>
public enum RepositoryStatusReason
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>Usable.</summary>
    Success = 1,

    /// <summary>Failed.</summary>
    Failed = 2,

    /// <summary>On its way.</summary>
    Pending = 3,
}
