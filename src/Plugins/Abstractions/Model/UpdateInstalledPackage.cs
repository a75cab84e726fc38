namespace Wego.Plugins;

/// <summary>What an installed package is to become. Fields that are absent are cleared, except where the format says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("wego.UpdateInstalledPackage")]
public sealed record UpdateInstalledPackage
{
    /// <summary>Which package.</summary>
    [Id(0)]
    public required InstalledPackageRef Ref { get; init; }

    /// <summary>The version or constraint asked for, or empty.</summary>
    [Id(1)]
    public string VersionReference { get; init; } = "";

    /// <summary>Values as YAML or JSON, or empty.</summary>
    [Id(2)]
    public string Values { get; init; } = "";

    /// <summary>How to reconcile, or null: then the format's defaults stand, and a suspension stays as it is.</summary>
    [Id(3)]
    public ReconciliationOptions? Reconciliation { get; init; }

    /// <summary>The version asked for as the catalogue knows it, where the format installs archives; else null.</summary>
    [Id(4)]
    public PackageArchive? Archive { get; init; }
}
