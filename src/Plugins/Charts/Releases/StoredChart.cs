namespace Wego.Plugins.Charts;

/// <summary>The metadata of the chart in a release; what it does not say is empty.</summary>
/// <param name="Name">The chart's name.</param>
/// <param name="Version">The chart's version.</param>
/// <param name="AppVersion">The version of what it installs.</param>
/// <param name="Description">One sentence on what it is.</param>
/// <param name="IconUrl">The icon's address.</param>
/// <param name="HomeUrl">The project's home page.</param>
public sealed record StoredChart(string Name, string Version, string AppVersion, string Description, string IconUrl, string HomeUrl);
