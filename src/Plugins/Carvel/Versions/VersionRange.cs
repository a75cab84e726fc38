using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>
/// A version constraint in the language of kapp-controller (<see href="https://carvel.dev/kapp-controller/docs/latest/package-consumption/#constraints">
/// constraints</see>): comparisons with <c>=</c>, <c>!</c>, <c>&lt;</c> and <c>&gt;</c>, the wildcard <c>x</c>, joined by space (and) and by <c>||</c> (or).
/// It has neither <c>~</c> nor <c>^</c>, and compares pre-releases like any other version.
/// </summary>
internal sealed class VersionRange
{
    public const string Expected = "use comparisons such as '1.2.3', '>=1.2.0 <2.0.0', '1.x' or '<1.0.0 || >=2.0.0'";
    private const int MaxCharacters = 512;
    private readonly ImmutableArray<ImmutableArray<Comparison>> _alternatives;

    private VersionRange(ImmutableArray<ImmutableArray<Comparison>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a range; empty text allows every version.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        if (text.Length > MaxCharacters)
        {
            return false;
        }

        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<Comparison>>();
        if (!string.IsNullOrWhiteSpace(text))
        {
            foreach (var part in text.Split("||"))
            {
                if (!TryParseAll(part, out var comparisons))
                {
                    return false;
                }

                alternatives.Add(comparisons);
            }
        }

        range = new VersionRange(alternatives.DrainToImmutable());
        return true;
    }

    public bool Allows(SemanticVersion version)
    {
        if (_alternatives.IsEmpty)
        {
            return true;
        }

        foreach (var comparisons in _alternatives)
        {
            if (comparisons.All(c => c.Allows(version)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParseAll(string text, out ImmutableArray<Comparison> comparisons)
    {
        comparisons = [];
        var found = ImmutableArray.CreateBuilder<Comparison>();
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var operatorLength = rest.IndexOfAnyExcept("<>=!");
            if (operatorLength < 0)
            {
                return false;
            }

            var comparison = rest[..operatorLength].ToString();
            // A space may stand between operator and version.
            rest = rest[operatorLength..].TrimStart();
            var end = rest.IndexOf(' ');
            var version = end < 0 ? rest : rest[..end];
            if (!Comparison.TryAdd(comparison, version.ToString(), found))
            {
                return false;
            }

            rest = end < 0 ? [] : rest[end..].TrimStart();
        }

        comparisons = found.DrainToImmutable();
        return !comparisons.IsEmpty;
    }
}
