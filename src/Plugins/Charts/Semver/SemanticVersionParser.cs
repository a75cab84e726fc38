using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wego.Plugins.Charts;

/// <summary>Reads versions, strictly as the specification says or leniently as Helm does.</summary>
internal static class SemanticVersionParser
{
    // Longer text is no version but an attempt to keep the server busy.
    private const int MaxLength = 256;

    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    public static bool TryParse(string? text, bool lenient, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (text is null || text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var rest = text.AsSpan();
        if (lenient && rest[0] == 'v')
        {
            rest = rest[1..];
        }

        if (!TrySplit(rest, out var core, out var prerelease, out var metadata))
        {
            return false;
        }

        Span<ulong> numbers = stackalloc ulong[3];
        var count = 0;
        foreach (var part in core.Split('.'))
        {
            if (count == 3 || !TryParseNumber(core[part], lenient, out numbers[count++]))
            {
                return false;
            }
        }

        if (count < 3 && !lenient)
        {
            return false;
        }

        version = new SemanticVersion(numbers[0], numbers[1], numbers[2], prerelease.ToString(), metadata.ToString());
        return true;
    }

    /// <summary>Splits <c>core-prerelease+metadata</c>; false where what follows the core is malformed.</summary>
    public static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> core, out ReadOnlySpan<char> prerelease, out ReadOnlySpan<char> metadata)
    {
        core = text;
        prerelease = metadata = default;
        if (text.IndexOf('+') is var plus and >= 0)
        {
            core = text[..plus];
            metadata = text[(plus + 1)..];
            if (!AreIdentifiers(metadata, zeroMayLead: true))
            {
                return false;
            }
        }

        if (core.IndexOf('-') is var hyphen and >= 0)
        {
            prerelease = core[(hyphen + 1)..];
            core = core[..hyphen];
            return AreIdentifiers(prerelease, zeroMayLead: false);
        }

        return true;
    }

    public static bool TryParseNumber(ReadOnlySpan<char> digits, bool zeroMayLead, out ulong number)
    {
        number = 0;
        return (zeroMayLead || digits.Length <= 1 || digits[0] != '0')
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool zeroMayLead)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(IdentifierCharacters))
            {
                return false;
            }

            if (!zeroMayLead && identifier.Length > 1 && identifier[0] == '0' && !identifier.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }
}
