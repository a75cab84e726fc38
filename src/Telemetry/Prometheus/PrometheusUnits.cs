using System.Text;

namespace Wego.Telemetry;

/// <summary>Units as OpenTelemetry writes them (UCUM), and as words, as Prometheus has them in names.</summary>
internal static class PrometheusUnits
{
    private static readonly Dictionary<string, string> Plural = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tebibytes",
        ["KBy"] = "kilobytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> Singular = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The unit as the end of a name, or empty where a name does not tell it.</summary>
    /// <param name="unit">The unit. What stands in braces is an annotation; <c>1</c> is a ratio, which is told of gauges only.</param>
    /// <param name="type">The type of the metric.</param>
    public static string Describe(string unit, PrometheusType type)
    {
        if (unit == "1")
        {
            return type == PrometheusType.Gauge ? "ratio" : "";
        }

        unit = WithoutAnnotations(unit);
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return Word(unit, Plural);
        }

        var (of, per) = (Word(unit[..slash], Plural), Word(unit[(slash + 1)..], Singular));
        return (of, per) switch
        {
            (_, "") => of,
            ("", _) => $"per_{per}",
            _ => $"{of}_per_{per}",
        };
    }

    private static string Word(string unit, Dictionary<string, string> words) =>
        words.TryGetValue(unit.Trim(), out var word) ? word : PrometheusNames.Sanitize(unit).Trim('_');

    private static string WithoutAnnotations(string unit)
    {
        if (!unit.Contains('{', StringComparison.Ordinal))
        {
            return unit;
        }

        var kept = new StringBuilder(unit.Length);
        var isAnnotation = false;
        foreach (var c in unit)
        {
            isAnnotation |= c == '{';
            if (!isAnnotation)
            {
                kept.Append(c);
            }

            isAnnotation &= c != '}';
        }

        return kept.ToString();
    }
}
