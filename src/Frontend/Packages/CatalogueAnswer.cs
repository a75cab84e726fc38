using System.Collections.Immutable;
using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend;

/// <summary>What one repository knows of the installed packages that came from it.</summary>
/// <param name="Summaries">The packages as they are offered now.</param>
/// <param name="Matching">The versions that controllers would move installed packages to.</param>
internal sealed record CatalogueAnswer(ImmutableArray<AvailablePackageSummary> Summaries, ImmutableArray<(InstalledPackageRef Package, PackageVersion? Version)> Matching)
{
    public static CatalogueAnswer None { get; } = new([], []);
}
