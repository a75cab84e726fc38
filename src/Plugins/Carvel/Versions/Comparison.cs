using System.Collections.Immutable;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>One comparison of a <see cref="VersionRange"/>: at least <paramref name="From"/> and below <paramref name="To"/>, or exactly not that.</summary>
/// <param name="From">The lower end, or null for none.</param>
/// <param name="IsFromExcluded">Whether the lower end itself is out.</param>
/// <param name="To">The upper end, or null for none.</param>
/// <param name="IsToIncluded">Whether the upper end itself is in.</param>
/// <param name="IsInverted">Whether what is meant is everything else.</param>
internal sealed record Comparison(SemanticVersion? From, bool IsFromExcluded, SemanticVersion? To, bool IsToIncluded, bool IsInverted)
{
    /// <summary>Reads one.</summary>
    /// <returns>False for an unknown operator or a version that is none.</returns>
    public static bool TryAdd(string comparison, string version, ImmutableArray<Comparison>.Builder into)
    {
        if (!TryParseBounds(version, out var low, out var high))
        {
            return false;
        }

        // Without a wildcard both ends are the version itself.
        var exact = high is null;
        Comparison? parsed = comparison switch
        {
            "" or "=" or "==" => new(low, false, high ?? low, exact, false),
            "!" or "!=" => new(low, false, high ?? low, exact, true),
            ">=" => new(low, false, null, false, false),
            ">" => new(high ?? low, exact, null, false, false),
            "<" => new(null, false, low, false, false),
            "<=" => new(null, false, high ?? low, exact, false),
            _ => null,
        };
        if (parsed is not null)
        {
            into.Add(parsed);
        }

        return parsed is not null;
    }

    public bool Allows(SemanticVersion version)
    {
        var isInside = (From is null || (IsFromExcluded ? version > From : version >= From))
            && (To is null || (IsToIncluded ? version <= To : version < To));
        return isInside != IsInverted;
    }

    private static bool TryParseBounds(string text, out SemanticVersion? low, out SemanticVersion? high)
    {
        (low, high) = (null, null);
        switch (text.Split('.'))
        {
            case [var major, "x", .. var rest] when rest is [] or ["x"]:
                return ulong.TryParse(major, out var n) && n < ulong.MaxValue
                    && SemanticVersion.TryParse($"{n}.0.0", out low) && SemanticVersion.TryParse($"{n + 1}.0.0", out high);
            case [var major, var minor, "x"]:
                return ulong.TryParse(minor, out var m) && m < ulong.MaxValue
                    && SemanticVersion.TryParse($"{major}.{m}.0", out low) && SemanticVersion.TryParse($"{major}.{m + 1}.0", out high);
            default:
                return SemanticVersion.TryParse(text, out low);
        }
    }
}
