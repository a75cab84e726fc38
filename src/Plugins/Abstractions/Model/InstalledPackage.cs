namespace Wego.Plugins;

/// <summary>What the index keeps of an installed package: everything a list needs and nothing more.</summary>
[GenerateSerializer, Immutable, Alias("wego.InstalledPackage")]
public sealed record InstalledPackage
{
    /// <summary>Which package.</summary>
    [Id(0)]
    public required InstalledPackageRef Ref { get; init; }

    /// <summary>Where it came from, or null where that is not known.</summary>
    [Id(1)]
    public AvailablePackageRef? Source { get; init; }

    /// <summary>The version or constraint asked for, or empty.</summary>
    [Id(2)]
    public string VersionReference { get; init; } = "";

    /// <summary>What is installed, or null where nothing is yet.</summary>
    [Id(3)]
    public PackageVersion? CurrentVersion { get; init; }

    /// <summary>The state.</summary>
    [Id(4)]
    public required PackageStatus Status { get; init; }

    /// <summary>The name to show for the package, or empty to take the catalogue's.</summary>
    [Id(5)]
    public string DisplayName { get; init; } = "";

    /// <summary>A short description, or empty to take the catalogue's.</summary>
    [Id(6)]
    public string ShortDescription { get; init; } = "";

    /// <summary>An icon's address, or empty to take the catalogue's.</summary>
    [Id(7)]
    public string IconUrl { get; init; } = "";

    /// <summary>Where several objects describe one package (revisions), the highest one counts.</summary>
    [Id(8)]
    public long Revision { get; init; }

    /// <summary>What it says of where it came from, where <see cref="Source"/> is null; else null.</summary>
    [Id(9)]
    public PackageOrigin? Origin { get; init; }

    /// <summary>Among which versions its controller chooses, in the format's own words; empty where it stays with the version it has.</summary>
    [Id(10)]
    public string VersionSelection { get; init; } = "";

    /// <summary>The version that its controller would move it to by itself; null where that is not known, as it is not from the object alone.</summary>
    [Id(11)]
    public PackageVersion? LatestMatchingVersion { get; init; }
}
