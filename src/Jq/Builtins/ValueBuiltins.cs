using System.Globalization;
using System.Text.Json;

namespace Wego.Jq;

/// <summary>Functions of any value: kinds, conversions, numbers, errors.</summary>
internal static class ValueBuiltins
{
    public static void AddTo(BuiltinTable table)
    {
        table.Add("empty", 0, (_, _, _) => []);
        table.Add("null", (_, _) => JqValue.Null);
        table.Add("true", (_, _) => JqValue.True);
        table.Add("false", (_, _) => JqValue.False);
        table.Add("not", (v, _) => JqValue.Of(!v.IsTruthy));
        table.Add("error", (v, _) => throw new JqRuntimeException(v));
        table.Add("error", (_, a, _) => throw new JqRuntimeException(a));
        table.Add("type", (v, _) => JqValue.Of(Kinds.Name(v)));
        table.Add("length", Length);
        table.Add("tostring", (v, run) => v.Kind == JqKind.String ? v : JqValue.Of(JsonText.Write(v, run)));
        table.Add("tojson", (v, run) => JqValue.Of(JsonText.Write(v, run)));
        table.Add("fromjson", FromJson);
        table.Add("tonumber", ToNumber);
        table.Add("nan", (_, _) => JqValue.Of(double.NaN));
        table.Add("infinite", (_, _) => JqValue.Of(double.PositiveInfinity));
        table.Add("isnan", (v, _) => JqValue.Of(double.IsNaN(NumberOf("isnan", v))));
        table.Add("isinfinite", (v, _) => JqValue.Of(double.IsInfinity(NumberOf("isinfinite", v))));
        AddNumeric("floor", Math.Floor);
        AddNumeric("ceil", Math.Ceiling);
        AddNumeric("round", n => Math.Round(n, MidpointRounding.AwayFromZero));
        AddNumeric("sqrt", Math.Sqrt);
        AddNumeric("fabs", Math.Abs);

        void AddNumeric(string name, Func<double, double> function) => table.Add(name, (v, _) => JqValue.Of(function(NumberOf(name, v))));
    }

    private static double NumberOf(string function, JqValue value) => value.Kind == JqKind.Number ? value.Number : throw Kinds.Wrong(function, value);

    private static JqValue Length(JqValue value, Run run) => value.Kind switch
    {
        JqKind.Null => JqValue.Of(0),
        JqKind.Number => JqValue.Of(Math.Abs(value.Number)),
        JqKind.String => JqValue.Of(CodePoints.Count(value.Text)),
        JqKind.Array => JqValue.Of(value.Items.Length),
        JqKind.Object => JqValue.Of(value.Members.Count),
        _ => throw Kinds.Wrong("length", value),
    };

    private static JqValue ToNumber(JqValue value, Run run)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return value.Kind switch
        {
            JqKind.Number => value,
            // The style would take words such as NaN, too.
            JqKind.String when value.Text.Any(char.IsAsciiDigit) && value.Text[0] != '+' && double.TryParse(value.Text, Styles, CultureInfo.InvariantCulture, out var number) => JqValue.Of(number),
            _ => throw Kinds.Wrong("tonumber", value),
        };
    }

    private static JqValue FromJson(JqValue value, Run run)
    {
        if (value.Kind != JqKind.String)
        {
            throw Kinds.Wrong("fromjson", value);
        }

        run.Charge(value.Text.Length);
        try
        {
            using var document = JsonDocument.Parse(value.Text);
            return JqValue.Of(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new JqRuntimeException($"{Kinds.Describe(value)} is no JSON");
        }
    }
}
