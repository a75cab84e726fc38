namespace Wego.Telemetry;

/// <summary>Writes families as text.</summary>
internal sealed class PrometheusWriter(TextWriter output, PrometheusFormat format)
{
    public void Write(PrometheusFamily family)
    {
        // In OpenMetrics the metadata bear the family's name, before it the name of the samples.
        var name = format.IsOpenMetrics ? family.Name : family.Name + Suffix(family.Type);
        output.Write($"# TYPE {name} {TypeName(family.Type)}\n");
        if (format.IsOpenMetrics && family.Unit.Length > 0)
        {
            output.Write($"# UNIT {name} {family.Unit}\n");
        }

        if (family.Help.Length > 0)
        {
            output.Write($"# HELP {name} {EscapeHelp(family.Help)}\n");
        }

        foreach (var series in family.Series)
        {
            if (series.Buckets is { } buckets)
            {
                WriteHistogram(family.Name, series, buckets);
            }
            else
            {
                WriteSample(family.Name + Suffix(family.Type), series.Labels, series.Value.ToString());
            }
        }
    }

    /// <summary>Ends the text.</summary>
    public void WriteEnd()
    {
        if (format.IsOpenMetrics)
        {
            output.Write("# EOF\n");
        }
    }

    private void WriteHistogram(string name, PrometheusSeries series, (double Bound, long Count)[] buckets)
    {
        var separator = series.Labels.Length > 0 ? "," : "";
        foreach (var (bound, count) in buckets)
        {
            WriteSample($"{name}_bucket", $"{series.Labels}{separator}le=\"{Bound(bound)}\"", new PrometheusNumber(count).ToString());
        }

        WriteSample($"{name}_sum", series.Labels, series.Value.ToString());
        WriteSample($"{name}_count", series.Labels, new PrometheusNumber(buckets[^1].Count).ToString());
    }

    private void WriteSample(string name, string labels, string value)
    {
        output.Write(name);
        if (labels.Length > 0)
        {
            output.Write('{');
            output.Write(labels);
            output.Write('}');
        }

        output.Write(' ');
        output.Write(value);
        output.Write('\n');
    }

    // OpenMetrics wants bounds to look like floating-point numbers, so that equal ones are equal text.
    private string Bound(double bound)
    {
        var text = PrometheusNumber.Format(bound);
        return format.IsOpenMetrics && double.IsFinite(bound) && !text.AsSpan().ContainsAny('.', 'E') ? text + ".0" : text;
    }

    private string EscapeHelp(string help)
    {
        help = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return format.IsOpenMetrics ? help.Replace("\"", "\\\"", StringComparison.Ordinal) : help;
    }

    private string TypeName(PrometheusType type) => type switch
    {
        PrometheusType.Counter => "counter",
        PrometheusType.Histogram => "histogram",
        PrometheusType.Info when format.IsOpenMetrics => "info",
        _ => "gauge",
    };

    private static string Suffix(PrometheusType type) => type switch
    {
        PrometheusType.Counter => "_total",
        PrometheusType.Info => "_info",
        _ => "",
    };
}
