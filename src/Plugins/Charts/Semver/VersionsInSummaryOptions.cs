namespace Wego.Plugins.Charts;

/// <summary>How many versions of a package are offered.</summary>
public sealed class VersionsInSummaryOptions
{
    /// <summary>How many different major versions.</summary>
    public int Major { get; set; } = 3;

    /// <summary>How many different minor versions of each major version.</summary>
    public int Minor { get; set; } = 3;

    /// <summary>How many versions of each minor version.</summary>
    public int Patch { get; set; } = 3;

    /// <summary>What is wrong with the settings, each naming its key and what would be right; nothing if they are good.</summary>
    /// <param name="section">The path of these settings.</param>
    public IEnumerable<string> Problems(string section) =>
        from setting in new[] { (Key: nameof(Major), Value: Major), (Key: nameof(Minor), Value: Minor), (Key: nameof(Patch), Value: Patch) }
        where setting.Value < 1
        select $"{section}:{setting.Key} is {setting.Value}: it must be at least 1.";

    /// <summary>The versions of a package to offer, newest first.</summary>
    public IEnumerable<PackageVersion> Of(CataloguePackage package) =>
        new VersionSummary(Major, Minor, Patch).Of(package.Versions).Select(v => new PackageVersion(v.Version, v.AppVersion));
}
