namespace Wego.Plugins;

/// <summary>
/// What an installed package says of where it came from, where it does not name its repository. The repository that
/// offers this very package is looked for among those that serve its namespace.
/// </summary>
/// <param name="Name">The package's own name, for example the chart's.</param>
/// <param name="Version">The installed version.</param>
/// <param name="AppVersion">The version of what it installs, or empty.</param>
/// <param name="HomeUrl">The project's home page, or empty.</param>
/// <param name="Description">One sentence on what it is, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageOrigin")]
public sealed record PackageOrigin(string Name, string Version, string AppVersion, string HomeUrl, string Description);
