using System.Globalization;

namespace Wego.Sandbox.Controllers;

/// <summary>Orders versions by the precedence of Semantic Versioning 2.0.0, section 11, older first.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var byNumbers = VersionRange.Numbers(x ?? "").CompareTo(VersionRange.Numbers(y ?? ""));
        return byNumbers != 0 ? byNumbers : ComparePrereleases(Prerelease(x ?? ""), Prerelease(y ?? ""));
    }

    private static string Prerelease(string version)
    {
        var core = version.Split('+')[0];
        var dash = core.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? "" : core[(dash + 1)..];
    }

    private static int ComparePrereleases(string x, string y)
    {
        if (x.Length == 0 || y.Length == 0)
        {
            // A release comes after its pre-releases.
            return y.Length.CompareTo(x.Length);
        }

        var (a, b) = (x.Split('.'), y.Split('.'));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var (isNumber1, isNumber2) = (IsNumber(a[i], out var number1), IsNumber(b[i], out var number2));
            var order = isNumber1 && isNumber2 ? number1.CompareTo(number2)
                : isNumber1 != isNumber2 ? (isNumber1 ? -1 : 1)
                : string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
