namespace Wego.Plugins;

/// <summary>A version of a package.</summary>
/// <param name="Version">The package's own version.</param>
/// <param name="AppVersion">The version of what it installs, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageVersion")]
public sealed record PackageVersion(string Version, string AppVersion);
