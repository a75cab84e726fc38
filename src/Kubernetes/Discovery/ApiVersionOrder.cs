using System.Globalization;
using System.Text.RegularExpressions;

namespace Wego.Kubernetes;

/// <summary>
/// Orders version names by preference, as Kubernetes does: stable before beta before alpha, higher numbers first, others last by
/// name (<see href="https://kubernetes.io/docs/reference/using-api/#version-priority"/>).
/// </summary>
internal sealed partial class ApiVersionOrder : IComparer<string>
{
    public static ApiVersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var byRank = Rank(y ?? "").CompareTo(Rank(x ?? ""));
        return byRank != 0 ? byRank : string.CompareOrdinal(x, y);
    }

    private static (int Stage, int Major, int Minor) Rank(string name)
    {
        var match = Pattern().Match(name);
        if (!match.Success)
        {
            return (0, 0, 0);
        }

        var stage = match.Groups["stage"].Value switch { "" => 3, "beta" => 2, _ => 1 };
        return (stage, Number("major"), Number("minor"));

        int Number(string group) => int.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out var n) ? n : 0;
    }

    [GeneratedRegex(@"\Av(?<major>[1-9][0-9]*)((?<stage>alpha|beta)(?<minor>[1-9][0-9]*))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
