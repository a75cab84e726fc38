namespace Wego.Plugins.Flux;

/// <summary>How many versions of a package are offered.</summary>
public sealed class VersionsInSummaryOptions
{
    /// <summary>How many different major versions.</summary>
    public int Major { get; set; } = 3;

    /// <summary>How many different minor versions of each major version.</summary>
    public int Minor { get; set; } = 3;

    /// <summary>How many versions of each minor version.</summary>
    public int Patch { get; set; } = 3;
}
