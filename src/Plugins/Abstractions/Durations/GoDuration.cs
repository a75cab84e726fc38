using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wego.Plugins;

/// <summary>
/// Durations as Go writes them, the form of every interval and timeout in Kubernetes objects and on the wire: <c>10m</c>,
/// <c>1h30m</c>, <c>1.5s</c> (<see href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</see>).
/// </summary>
public static class GoDuration
{
    // Longest first, so that "ms" is not read as "m"; values in nanoseconds.
    private static readonly (string Unit, decimal Nanoseconds)[] s_units =
    [
        ("ns", 1m), ("us", 1e3m), ("µs", 1e3m), ("μs", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m),
    ];

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration. Parts below 100 ns are rounded off.</summary>
    /// <returns>False for anything that Go would not read: no unit, an unknown unit, spaces, or more than about 292 years.</returns>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = default;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        var total = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, out var part) || (total += part) > long.MaxValue)
            {
                return false;
            }
        }

        value = TimeSpan.FromTicks((long)((negative ? -total : total) / 100));
        return true;
    }

    /// <summary>Writes a duration without units that are zero: <c>10m</c> where Go writes <c>10m0s</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder(value < TimeSpan.Zero ? "-" : "");
        var ticks = Math.Abs((decimal)value.Ticks);
        if (ticks < TimeSpan.TicksPerSecond)
        {
            return ticks >= TimeSpan.TicksPerMillisecond
                ? text.Append(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMillisecond:0.####}ms").ToString()
                : text.Append(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMicrosecond:0.#}µs").ToString();
        }

        var (hours, minutes) = (decimal.Truncate(ticks / TimeSpan.TicksPerHour), decimal.Truncate(ticks / TimeSpan.TicksPerMinute) % 60);
        var seconds = ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond;
        _ = hours > 0 ? text.Append(CultureInfo.InvariantCulture, $"{hours}h") : text;
        _ = minutes > 0 ? text.Append(CultureInfo.InvariantCulture, $"{minutes}m") : text;
        _ = seconds > 0 ? text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}s") : text;
        return text.ToString();
    }

    /// <summary>The duration without units that are zero; text that is no duration comes back as it is.</summary>
    public static string Trim(string text) => TryParse(text, out var value) ? Format(value) : text;

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out decimal nanoseconds)
    {
        nanoseconds = 0;
        var length = rest.IndexOfAnyExcept(s_digits);
        if (length <= 0
            || length > 20
            || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[length..];
        foreach (var (unit, factor) in s_units)
        {
            var after = unit.Length;
            if (rest.StartsWith(unit) && (rest.Length == after || char.IsAsciiDigit(rest[after]) || rest[after] == '.'))
            {
                if (number > long.MaxValue / factor)
                {
                    return false;
                }

                nanoseconds = number * factor;
                rest = rest[after..];
                return true;
            }
        }

        return false;
    }
}
