namespace Wego.Plugins;

/// <summary>An operation whose effect is to be told without carrying it out.</summary>
[GenerateSerializer, Immutable, Alias("wego.PackagePreviewRequest")]
public sealed record PackagePreviewRequest
{
    /// <summary>What would be done.</summary>
    [Id(0)]
    public required PackageOperation Operation { get; init; }

    /// <summary>With which package.</summary>
    [Id(1)]
    public required InstalledPackageRef Ref { get; init; }

    /// <summary>What would be installed, for a creation or an update.</summary>
    [Id(2)]
    public PackageArchive? Archive { get; init; }

    /// <summary>Values as YAML or JSON, or empty.</summary>
    [Id(3)]
    public string Values { get; init; } = "";

    /// <summary>The revision to go back to; 0: the one before.</summary>
    [Id(4)]
    public long Revision { get; init; }
}
