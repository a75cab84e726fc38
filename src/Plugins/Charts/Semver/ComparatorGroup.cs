using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Comparisons that all have to hold.</summary>
internal sealed class ComparatorGroup(ImmutableArray<Comparator> comparators)
{
    private readonly bool _namesPrerelease = comparators.Any(c => c.Bound.Prerelease.Length > 0);

    public bool Allows(SemanticVersion version)
    {
        foreach (var comparator in comparators)
        {
            if (!comparator.Allows(version, _namesPrerelease))
            {
                return false;
            }
        }

        return true;
    }
}
