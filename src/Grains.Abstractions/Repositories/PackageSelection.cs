namespace Wego.Grains;

/// <summary>Among which versions of a package a controller chooses.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Selection">See <see cref="Plugins.InstalledPackage.VersionSelection"/>.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageSelection")]
public sealed record PackageSelection(string Package, string Selection);
