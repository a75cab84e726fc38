using System.Collections.Immutable;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>A page of installed packages.</summary>
/// <param name="Packages">The packages, by name.</param>
/// <param name="HasMore">Whether there are more after the last one.</param>
/// <param name="StaleSince">Since when the index can no longer be kept current, or null.</param>
[GenerateSerializer, Immutable, Alias("wego.InstalledPage")]
public sealed record InstalledPage(ImmutableArray<InstalledPackage> Packages, bool HasMore, DateTimeOffset? StaleSince);
