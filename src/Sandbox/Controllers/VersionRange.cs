using System.Globalization;

namespace Wego.Sandbox.Controllers;

/// <summary>The version conditions that the stand-in understands: exact, <c>*</c>, <c>1.x</c>, <c>^</c>, <c>~</c> and comparisons joined by spaces or commas.</summary>
internal sealed class VersionRange
{
    private readonly List<(string Operator, Version Bound)> _conditions = [];
    private string? _exact;

    public static VersionRange Parse(string text)
    {
        var range = new VersionRange();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            range.Add(part);
        }

        return range;
    }

    /// <summary>Major, minor and patch.</summary>
    public static Version Numbers(string version)
    {
        var parts = version.TrimStart('v').Split(['-', '+'])[0].Split('.');
        return new Version(Part(0), Part(1), Part(2));

        int Part(int i) => i < parts.Length && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
    }

    /// <param name="version">The version.</param>
    /// <param name="prereleases">Whether pre-releases fit, too, by their numbers alone.</param>
    public bool Contains(string version, bool prereleases = false)
    {
        if (_exact is not null)
        {
            return version == _exact || (!prereleases && Numbers(version) == Numbers(_exact));
        }

        var numbers = Numbers(version);
        return (prereleases || !version.Contains('-', StringComparison.Ordinal)) && _conditions.TrueForAll(c => c.Operator switch
        {
            ">=" => numbers >= c.Bound,
            ">" => numbers > c.Bound,
            "<=" => numbers <= c.Bound,
            "<" => numbers < c.Bound,
            _ => numbers == c.Bound,
        });
    }

    private void Add(string part)
    {
        var bound = Numbers(part.TrimStart('^', '~', '>', '<', '='));
        switch (part)
        {
            case "*":
                break;
            case ['^', ..]:
                Between(bound, bound.Major > 0 ? new Version(bound.Major + 1, 0, 0) : new Version(0, bound.Minor + 1, 0));
                break;
            case ['~', ..]:
                Between(bound, new Version(bound.Major, bound.Minor + 1, 0));
                break;
            case ['>' or '<', '=', ..]:
                _conditions.Add((part[..2], bound));
                break;
            case ['>' or '<' or '=', ..]:
                _conditions.Add((part[..1], bound));
                break;
            case [.., '.', 'x' or '*']:
                Between(bound, part.Count(c => c == '.') == 1 ? new Version(bound.Major + 1, 0, 0) : new Version(bound.Major, bound.Minor + 1, 0));
                break;
            default:
                _exact = part;
                break;
        }
    }

    private void Between(Version from, Version below)
    {
        _conditions.Add((">=", from));
        _conditions.Add(("<", below));
    }
}
