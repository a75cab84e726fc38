using System.Text;

namespace Wego.Telemetry;

/// <summary>The rules of OpenTelemetry's "Prometheus and OpenMetrics Compatibility" for names.</summary>
internal static class PrometheusNames
{
    /// <summary>A family's name: that of the instrument, then its unit. The suffix of the type comes when it is written.</summary>
    public static string Family(string instrument, string unit, PrometheusType type)
    {
        var name = Sanitize(instrument);
        if (type == PrometheusType.Counter)
        {
            name = WithoutSuffix(name, "total");
        }

        return unit.Length == 0 || name == unit || name.EndsWith($"_{unit}", StringComparison.Ordinal) ? name : $"{name.TrimEnd('_')}_{unit}";
    }

    /// <summary>Letters, digits and single underscores, no digit first.</summary>
    public static string Sanitize(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && name.Length == 0)
            {
                name.Append('_');
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length == 0 || name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.Length == 0 ? "_" : name.ToString();
    }

    private static string WithoutSuffix(string name, string suffix) =>
        name.EndsWith($"_{suffix}", StringComparison.Ordinal) && name.Length > suffix.Length + 1 ? name[..^(suffix.Length + 1)] : name;
}
