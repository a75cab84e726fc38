using System.Collections;
using System.Globalization;
using System.Text;

namespace Wego.Telemetry;

/// <summary>The labels of one series. Attributes that become the same label are joined, in the order of their keys, with semicolons.</summary>
internal sealed class PrometheusLabels
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _labels = new(StringComparer.Ordinal);

    /// <summary>Adds a label that belongs to the format itself; attributes of that name are left out.</summary>
    public void AddOwn(string name, string value) => _labels[name] = new(StringComparer.Ordinal) { [""] = value };

    /// <summary>Adds an attribute.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; a list is written as JSON.</param>
    /// <param name="prefix">What the label begins with.</param>
    public void Add(string key, object? value, string prefix = "")
    {
        if (key.Length == 0 || value is null)
        {
            return;
        }

        var name = PrometheusNames.Sanitize(prefix + key);
        // The bounds of buckets have this label.
        name = name == "le" ? "le_" : name;
        if (!_labels.TryGetValue(name, out var values))
        {
            _labels[name] = values = new(StringComparer.Ordinal);
        }

        if (!values.ContainsKey(""))
        {
            values[key] = Text(value);
        }
    }

    /// <summary>As it stands between braces.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, values) in _labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            Escape(string.Join(';', values.Values), text);
            text.Append('"');
        }

        return text.ToString();
    }

    private static void Escape(string value, StringBuilder text)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }
    }

    private static string Text(object value) => value switch
    {
        string s => s,
        bool b => b ? "true" : "false",
        double d => PrometheusNumber.Format(d),
        float f => PrometheusNumber.Format(f),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Element))}]",
        _ => value.ToString() ?? "",
    };

    private static string Element(object? value) => value switch
    {
        null => "null",
        string s => $"\"{System.Text.Json.JsonEncodedText.Encode(s)}\"",
        _ => Text(value),
    };
}
