namespace Wego.Frontend;

/// <summary>How requests are answered. Section <c>Wego:Frontend</c>.</summary>
public sealed class FrontendOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Frontend";

    /// <summary>How long a catalogue page waits for a repository whose catalogue is being loaded for the first time.</summary>
    public TimeSpan CatalogueWait { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a list of installed packages waits for what only catalogues know: newest version, icon, description.</summary>
    public TimeSpan EnrichmentWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a creation waits until lists show what was created.</summary>
    public TimeSpan VisibilityWait { get; set; } = TimeSpan.FromSeconds(2);
}
