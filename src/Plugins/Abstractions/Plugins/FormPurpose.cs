namespace Wego.Plugins;

/// <summary>What a form is for; numbers as on the wire.</summary>
public enum FormPurpose
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary><c>CreateInstalledPackage</c>.</summary>
    Create = 1,

    /// <summary><c>UpdateInstalledPackage</c>.</summary>
    Update = 2,

    /// <summary><c>AddPackageRepository</c>, and <c>UpdatePackageRepository</c> as far as it takes the same fields.</summary>
    AddRepository = 3,
}
