using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wego.Plugins.Charts;

/// <summary>
/// Gives plain scalars their type: the YAML 1.2 core schema, and of YAML 1.1 what Helm still reads: <c>yes</c>, <c>on</c> and
/// their kind are booleans, <c>0777</c> is octal, underscores may group digits.
/// </summary>
internal static partial class YamlScalar
{
    public static JsonNode? Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (tag.EndsWith(":str", StringComparison.Ordinal) || scalar.Style != ScalarStyle.Plain || tag == "!")
        {
            return scalar.Value;
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            var text => Number(text, scalar) ?? JsonValue.Create(text),
        };
    }

    private static JsonValue? Number(string text, Scalar scalar)
    {
        if (NotFinite().IsMatch(text))
        {
            throw new YamlException(scalar.Start, scalar.End, $"{text} is a number that JSON does not have");
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return digits.Length == 0 || text[0] == '_' ? null : Integer(digits) ?? Float(digits);
    }

    private static JsonValue? Integer(string text)
    {
        var match = IntegerForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = BigInteger.Zero;
        var radix = match switch
        {
            _ when match.Groups["hex"].Success => 16,
            _ when match.Groups["binary"].Success => 2,
            _ when match.Groups["octal"].Success => 8,
            _ => 10,
        };
        foreach (var digit in match.Groups["digits"].Value)
        {
            number = (number * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        number = match.Groups["minus"].Success ? -number : number;
        return number >= long.MinValue && number <= long.MaxValue ? JsonValue.Create((long)number)
            : number >= 0 && number <= ulong.MaxValue ? JsonValue.Create((ulong)number)
            : JsonValue.Create((double)number);
    }

    private static JsonValue? Float(string text) =>
        FloatForm().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotFinite();

    [GeneratedRegex(
        @"^((?<minus>-)|\+)?((?<hex>0[xX])(?<digits>[0-9a-fA-F]{1,32})|(?<binary>0[bB])(?<digits>[01]{1,128})|(?<octal>0[oO]?)(?<digits>[0-7]{1,48})|(?<digits>0|[1-9][0-9]{0,308}))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatForm();
}
