using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Wego.Testing;

/// <summary>
/// A strict reader of the text format of Prometheus and of OpenMetrics as the exporter writes it: metadata once and before the
/// samples, families in one piece, no series twice, names and escapes as specified.
/// </summary>
public sealed partial class PrometheusText
{
    private const int TimeoutMilliseconds = 10_000;
    private readonly List<PrometheusSample> _samples = [];
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string _family = "";

    private PrometheusText()
    {
    }

    public IReadOnlyList<PrometheusSample> Samples => _samples;

    /// <summary>Types by the name in the metadata.</summary>
    public IDictionary<string, string> Types => _types;

    /// <exception cref="InvalidDataException">It is malformed; the message names the line.</exception>
    public static PrometheusText Parse(string text, bool isOpenMetrics = false)
    {
        var parsed = new PrometheusText();
        if (text.Length > 0 && text[^1] != '\n')
        {
            throw new InvalidDataException("The last line has no end.");
        }

        var lines = text.Split('\n')[..^1];
        if (isOpenMetrics)
        {
            if (lines.Length == 0 || lines[^1] != "# EOF")
            {
                throw new InvalidDataException("The end is not marked.");
            }

            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            try
            {
                parsed.Read(line, isOpenMetrics);
            }
            catch (Exception e) when (e is InvalidDataException or FormatException)
            {
                throw new InvalidDataException($"{e.Message} Line: {line}", e);
            }
        }

        return parsed;
    }

    private void Read(string line, bool isOpenMetrics)
    {
        if (TypeLine().Match(line) is { Success: true } type)
        {
            _family = type.Groups["name"].Value;
            if (!_types.TryAdd(_family, type.Groups["type"].Value))
            {
                throw new InvalidDataException("The type is told twice.");
            }
        }
        else if (MetadataLine().Match(line) is { Success: true } metadata)
        {
            if (metadata.Groups["name"].Value != _family || (metadata.Groups["kind"].Value == "UNIT" && !_family.EndsWith($"_{metadata.Groups["text"].Value}", StringComparison.Ordinal)))
            {
                throw new InvalidDataException("The metadata belong to another family.");
            }
        }
        else
        {
            ReadSample(line, isOpenMetrics);
        }
    }

    private void ReadSample(string line, bool isOpenMetrics)
    {
        var match = SampleLine().Match(line);
        if (!match.Success)
        {
            throw new InvalidDataException("This is no sample.");
        }

        var name = match.Groups["name"].Value;
        var type = _types[_family];
        string[] names = (type, isOpenMetrics) switch
        {
            ("histogram", _) => [$"{_family}_bucket", $"{_family}_sum", $"{_family}_count"],
            ("counter", true) => [$"{_family}_total"],
            ("info", true) => [$"{_family}_info"],
            _ => [_family],
        };
        if (!names.Contains(name))
        {
            throw new InvalidDataException("The sample belongs to another family.");
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in LabelText().Matches(match.Groups["labels"].Value))
        {
            if (!labels.TryAdd(label.Groups["name"].Value, Unescape(label.Groups["value"].Value)))
            {
                throw new InvalidDataException("A label is there twice.");
            }
        }

        if (!_seen.Add($"{name}{{{string.Join(',', labels.OrderBy(l => l.Key, StringComparer.Ordinal))}}}"))
        {
            throw new InvalidDataException("The series is there twice.");
        }

        _samples.Add(new PrometheusSample(name, labels, Number(match.Groups["value"].Value)));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        }

        return plain.ToString();
    }

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|info)$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^# (?<kind>HELP|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.+)$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex MetadataLine();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+)(?<!,)\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\["\\n])*)["]""", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex LabelText();
}
