namespace Wego.Plugins;

/// <summary>A package to install.</summary>
[GenerateSerializer, Immutable, Alias("wego.CreateInstalledPackage")]
public sealed record CreateInstalledPackage
{
    /// <summary>What it is to be called and where.</summary>
    [Id(0)]
    public required InstalledPackageRef Ref { get; init; }

    /// <summary>What to install; known to exist in the catalogue.</summary>
    [Id(1)]
    public required AvailablePackageRef Package { get; init; }

    /// <summary>The version or constraint asked for, or empty.</summary>
    [Id(2)]
    public string VersionReference { get; init; } = "";

    /// <summary>Values as YAML or JSON, or empty.</summary>
    [Id(3)]
    public string Values { get; init; } = "";

    /// <summary>How to reconcile, or null.</summary>
    [Id(4)]
    public ReconciliationOptions? Reconciliation { get; init; }

    /// <summary>The version asked for as the catalogue knows it, where the format installs archives; else null.</summary>
    [Id(5)]
    public PackageArchive? Archive { get; init; }
}
