using System.Globalization;
using System.Text;

namespace Wego.Jq;

/// <summary>Writes values as JSON without spaces, keys sorted.</summary>
internal static class JsonText
{
    public static string Write(JqValue value, Run? run)
    {
        var text = new StringBuilder();
        Append(text, value, run);
        return text.ToString();
    }

    /// <summary>A number as JSON: digits from 1e-6 to below 1e21, an exponent outside; NaN is null, the infinities the largest numbers.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "null";
        }

        value = Math.Clamp(value, double.MinValue, double.MaxValue);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (value == 0 || e < 0)
        {
            return value == 0 ? "0" : text;
        }

        var exponent = int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        return exponent switch
        {
            >= 21 or < -6 => $"{text[..e]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}",
            _ => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static void Append(StringBuilder text, JqValue value, Run? run)
    {
        run?.Charge(1 + (value.Text.Length / 8));
        switch (value.Kind)
        {
            case JqKind.Boolean:
                text.Append(value.Boolean ? "true" : "false");
                break;
            case JqKind.Number:
                text.Append(Number(value.Number));
                break;
            case JqKind.String:
                AppendText(text, value.Text);
                break;
            case JqKind.Array:
                text.Append('[');
                foreach (var item in value.Items)
                {
                    Append(text, item, run);
                    text.Append(',');
                }

                Close(text, ']');
                break;
            case JqKind.Object:
                text.Append('{');
                foreach (var (key, member) in value.Members)
                {
                    AppendText(text, key);
                    text.Append(':');
                    Append(text, member, run);
                    text.Append(',');
                }

                Close(text, '}');
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Close(StringBuilder text, char bracket)
    {
        if (text[^1] == ',')
        {
            text.Length--;
        }

        text.Append(bracket);
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                < ' ' or '\u007f' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
