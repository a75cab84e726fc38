namespace Wego.Plugins.Charts;

/// <summary>
/// One comparison. A bound with wildcards stands for the range it spans: <c>&gt;1.2</c> begins at 1.3.0, <c>&lt;=1.2</c> ends
/// before it. Where a range ends before the next minor or major version, that version's pre-releases are outside too.
/// </summary>
internal sealed class Comparator(ComparisonOperator op, SemanticVersion bound, Precision precision)
{
    public SemanticVersion Bound => bound;

    public bool Allows(SemanticVersion version, bool prereleases)
    {
        if (version.Prerelease.Length > 0 && !prereleases && !IsExactExclusion)
        {
            return false;
        }

        return op switch
        {
            ComparisonOperator.Equal => precision == Precision.Patch ? version == bound : InTildeRange(version),
            ComparisonOperator.NotEqual => precision == Precision.Patch ? version != bound : !InExcludedRange(version),
            ComparisonOperator.Greater => precision is Precision.Patch or Precision.None ? version > bound : !BeforeNext(version, precision),
            ComparisonOperator.GreaterOrEqual => version >= bound,
            ComparisonOperator.Less => version < bound,
            ComparisonOperator.LessOrEqual => precision == Precision.Patch ? version <= bound : BeforeNext(version, precision),
            ComparisonOperator.Tilde => InTildeRange(version),
            _ => version >= bound && BeforeNext(version, CaretPrecision()),
        };
    }

    // To exclude one exact version says nothing about pre-releases in general.
    private bool IsExactExclusion => op == ComparisonOperator.NotEqual && precision == Precision.Patch;

    private bool InTildeRange(SemanticVersion version)
    {
        // ~0.0.0 is Masterminds' spelling of "anything from 0.0.0 on".
        var open = precision == Precision.Patch && bound.CompareCore(0, 0, 0) == 0;
        return version >= bound && (open || BeforeNext(version, precision == Precision.Patch ? Precision.Minor : precision));
    }

    private bool InExcludedRange(SemanticVersion version) => precision switch
    {
        Precision.None => true,
        Precision.Major => version.Major == bound.Major,
        _ => version.Major == bound.Major && version.Minor == bound.Minor && version.Prerelease == bound.Prerelease,
    };

    // ^ keeps the leftmost number that is not zero, as far as the numbers are given.
    private Precision CaretPrecision() =>
        precision <= Precision.Major || bound.Major > 0 ? (Precision)Math.Min((int)precision, (int)Precision.Major)
        : precision == Precision.Minor || bound.Minor > 0 ? Precision.Minor
        : Precision.Patch;

    // Whether the version comes before the one that follows the bound in the given place.
    private bool BeforeNext(SemanticVersion version, Precision place) => place switch
    {
        Precision.None => true,
        Precision.Major => version.Major <= bound.Major,
        Precision.Minor => version.Major < bound.Major || (version.Major == bound.Major && version.Minor <= bound.Minor),
        _ => version.CompareCore(bound.Major, bound.Minor, bound.Patch) <= 0,
    };
}
