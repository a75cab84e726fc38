using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Wego.Plugins.Charts;

/// <summary>
/// A version constraint in the language of Helm and Flux (<see href="https://github.com/Masterminds/semver#checking-version-constraints">
/// Masterminds/semver</see>): comparisons, <c>~</c>, <c>^</c>, wildcards, hyphen ranges, joined by space or comma (and) and by <c>||</c> (or).
/// A pre-release satisfies only a group of which at least one comparison names a pre-release.
/// </summary>
public sealed class SemverConstraint
{
    private readonly string _text;
    private readonly ImmutableArray<ComparatorGroup> _alternatives;

    internal SemverConstraint(string text, ImmutableArray<ComparatorGroup> alternatives) => (_text, _alternatives) = (text, alternatives);

    /// <summary>Reads a constraint; empty text allows every release.</summary>
    /// <param name="text">At most 512 characters and 32 alternatives.</param>
    /// <param name="constraint">The constraint, or null.</param>
    /// <param name="error">What is wrong with the text, or null.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SemverConstraint? constraint, [NotNullWhen(false)] out string? error) =>
        SemverConstraintParser.TryParse(text ?? "", out constraint, out error);

    /// <summary>Whether the version satisfies the constraint.</summary>
    public bool Allows(SemanticVersion version)
    {
        foreach (var group in _alternatives)
        {
            if (group.Allows(version))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The constraint as it was written.</summary>
    public override string ToString() => _text;
}
