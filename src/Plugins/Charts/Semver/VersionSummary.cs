using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Shortens a long list of versions to those that a user is likely to choose from.</summary>
/// <param name="Majors">How many different major versions to keep.</param>
/// <param name="Minors">How many different minor versions to keep of each major version.</param>
/// <param name="Patches">How many versions to keep of each minor version.</param>
public sealed record VersionSummary(int Majors = 3, int Minors = 3, int Patches = 3)
{
    /// <summary>Three of each.</summary>
    public static VersionSummary Default { get; } = new();

    /// <summary>The versions to show, newest first; all of them where any is not a canonical semantic version.</summary>
    public ImmutableArray<CatalogueVersion> Of(VersionTable versions)
    {
        var kept = ImmutableArray.CreateBuilder<CatalogueVersion>();
        var minorsOf = new Dictionary<ulong, int>();
        var patchesOf = new Dictionary<(ulong Major, ulong Minor), int>();
        for (var i = 0; i < versions.Count; i++)
        {
            if (!SemanticVersion.TryParse(versions.VersionAt(i), out var version))
            {
                return [.. versions];
            }

            if (Counts(version, minorsOf, patchesOf))
            {
                kept.Add(versions[i]);
            }
        }

        return kept.DrainToImmutable();
    }

    private bool Counts(SemanticVersion version, Dictionary<ulong, int> minorsOf, Dictionary<(ulong, ulong), int> patchesOf)
    {
        var minor = (version.Major, version.Minor);
        if (!patchesOf.TryGetValue(minor, out var patches))
        {
            var minors = minorsOf.GetValueOrDefault(version.Major);
            if ((minors == 0 && minorsOf.Count == Majors) || minors == Minors)
            {
                return false;
            }

            minorsOf[version.Major] = minors + 1;
        }

        if (patches == Patches)
        {
            return false;
        }

        patchesOf[minor] = patches + 1;
        return true;
    }
}
