namespace Wego.Plugins;

/// <summary>The state of an installed package; numbers as on the wire.</summary>
public enum PackageStatusReason
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>Installed and ready.</summary>
    Installed = 1,

    /// <summary>Uninstalled.</summary>
    Uninstalled = 2,

    /// <summary>Failed.</summary>
    Failed = 3,

    /// <summary>On its way.</summary>
    Pending = 4,
}
