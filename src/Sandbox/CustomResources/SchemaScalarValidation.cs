using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.CustomResources;

/// <summary>The constraints of strings and numbers.</summary>
internal static class SchemaScalarValidation
{
    public static IEnumerable<FieldError> Text(JsonObject schema, string value, string path, Func<string, Regex> compile)
    {
        var length = new StringInfo(value).LengthInTextElements;
        if (schema.Integer("maxLength") is { } max && length > max)
        {
            yield return new FieldError("FieldValueTooLong", path, $"Too long: may not be more than {max} bytes");
        }

        if (schema.Integer("minLength") is { } min && length < min)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be at least {min} chars long");
        }

        if (schema.Text("pattern") is { } pattern && !compile(pattern).IsMatch(value))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should match '{pattern}'");
        }

        if (schema.Text("format") is { } format && !HasFormat(format, value))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must be of type {format}: \"{value}\"");
        }
    }

    public static IEnumerable<FieldError> Number(JsonObject schema, JsonValue value, string path)
    {
        if (!Parse(value, out var number))
        {
            yield break;
        }

        if (Parse(schema["maximum"], out var max) && (schema.Flag("exclusiveMaximum") ? number >= max : number > max))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be less than {(schema.Flag("exclusiveMaximum") ? "" : "or equal to ")}{schema["maximum"]}");
        }

        if (Parse(schema["minimum"], out var min) && (schema.Flag("exclusiveMinimum") ? number <= min : number < min))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be greater than {(schema.Flag("exclusiveMinimum") ? "" : "or equal to ")}{schema["minimum"]}");
        }

        if (Parse(schema["multipleOf"], out var step) && step != 0 && number % step != 0)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be a multiple of {step.ToString(CultureInfo.InvariantCulture)}");
        }

        if (schema.Text("format") is "int32" && (number < int.MinValue || number > int.MaxValue))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must be of type int32: \"{value}\"");
        }
    }

    private static bool Parse(JsonNode? value, out decimal number)
    {
        number = 0;
        return value is JsonValue && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool HasFormat(string format, string value) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) && value.Contains('T', StringComparison.OrdinalIgnoreCase),
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" => Guid.TryParseExact(value, "D", out _),
        "ipv4" => IPAddress.TryParse(value, out var v4) && v4.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork,
        "ipv6" => IPAddress.TryParse(value, out var v6) && v6.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6,
        "byte" => Convert.TryFromBase64String(value, new byte[value.Length], out _),
        "uri" => Uri.TryCreate(value, UriKind.Absolute, out _),
        _ => true,
    };
}
