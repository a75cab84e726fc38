using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>One exact version of a package as its repository's catalogue knows it, for formats that install archives.</summary>
/// <param name="Package">The package.</param>
/// <param name="Version">The version.</param>
/// <param name="Urls">Where the archive is, best first, as the repository spells it: an address may be relative to the repository's.</param>
/// <param name="Digest">The digest of the archive, or empty where the repository does not tell.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageArchive")]
public sealed record PackageArchive(AvailablePackageRef Package, string Version, ImmutableArray<string> Urls, string Digest);
