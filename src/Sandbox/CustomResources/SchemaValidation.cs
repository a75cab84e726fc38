using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.CustomResources;

/// <summary>Validates values against a structural schema, with the reasons and wording of the API server.</summary>
internal static class SchemaValidation
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>The errors of a whole object: its own metadata is checked elsewhere.</summary>
    public static IEnumerable<FieldError> ValidateObject(StructuralSchema schema, JsonObject body)
    {
        foreach (var required in schema.Source.Strings("required"))
        {
            if (!body.ContainsKey(required))
            {
                yield return FieldError.Required(required);
            }
        }

        foreach (var (name, property) in schema.Properties)
        {
            if (name is not ("metadata" or "apiVersion" or "kind") && body.TryGetPropertyValue(name, out var value))
            {
                foreach (var error in Validate(property, value, name))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<FieldError> Validate(StructuralSchema schema, JsonNode? value, string path)
    {
        if (value is null && schema.Nullable)
        {
            yield break;
        }

        if (TypeError(schema, value, path) is { } wrongType)
        {
            yield return wrongType;
            yield break;
        }

        foreach (var error in Enumerated(schema, value, path).Concat(Combined(schema, value, path)))
        {
            yield return error;
        }

        var nested = value switch
        {
            JsonObject o => Object(schema, o, path),
            JsonArray a => Array(schema, a, path),
            JsonValue v when v.GetValueKind() == JsonValueKind.String => SchemaScalarValidation.Text(schema.Source, v.GetValue<string>(), path, Pattern),
            JsonValue v when v.GetValueKind() == JsonValueKind.Number => SchemaScalarValidation.Number(schema.Source, v, path),
            _ => [],
        };
        foreach (var error in nested)
        {
            yield return error;
        }
    }

    private static Regex Pattern(string pattern) =>
        Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    private static IEnumerable<FieldError> Object(StructuralSchema schema, JsonObject value, string path)
    {
        foreach (var required in schema.Source.Strings("required"))
        {
            if (!value.ContainsKey(required))
            {
                yield return FieldError.Required($"{path}.{required}");
            }
        }

        if (schema.Source.Integer("maxProperties") is { } max && value.Count > max)
        {
            yield return new FieldError("FieldValueTooMany", path, $"Too many: {value.Count}: must have at most {max} items");
        }

        if (schema.Source.Integer("minProperties") is { } min && value.Count < min)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should have at least {min} properties");
        }

        foreach (var (name, item) in value)
        {
            if ((schema.Properties.TryGetValue(name, out var property) ? property : schema.AdditionalProperties) is { } found)
            {
                foreach (var error in Validate(found, item, $"{path}.{name}"))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<FieldError> Array(StructuralSchema schema, JsonArray value, string path)
    {
        if (schema.Source.Integer("maxItems") is { } max && value.Count > max)
        {
            yield return new FieldError("FieldValueTooMany", path, $"Too many: {value.Count}: must have at most {max} items");
        }

        if (schema.Source.Integer("minItems") is { } min && value.Count < min)
        {
            yield return FieldError.Invalid(path, value.Count, $"{path} in body should have at least {min} items");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Count; i++)
        {
            var identity = schema.ListType switch
            {
                "set" => JsonText.Canonical(value[i]),
                "map" => string.Join(',', schema.ListMapKeys.Select(k => JsonText.Canonical((value[i] as JsonObject)?[k]))),
                _ => null,
            };
            if (identity is not null && !seen.Add(identity))
            {
                yield return FieldError.Duplicate($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", value[i]);
            }

            if (schema.Items is { } items)
            {
                foreach (var error in Validate(items, value[i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]"))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<FieldError> Enumerated(StructuralSchema schema, JsonNode? value, string path)
    {
        if (schema.Source.Array("enum") is { } allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            yield return FieldError.NotSupported(path, value, allowed.Select(a => JsonText.Canonical(a)));
        }
    }

    /// <summary>The logical parts: they only constrain values, since a structural schema specifies everything outside of them.</summary>
    private static IEnumerable<FieldError> Combined(StructuralSchema schema, JsonNode? value, string path)
    {
        if (schema.IsIntOrString)
        {
            yield break;
        }

        foreach (var part in schema.Source.Array("allOf")?.OfType<JsonObject>() ?? [])
        {
            foreach (var error in Validate(StructuralSchema.Parse(part), value, path))
            {
                yield return error;
            }
        }

        if (schema.Source.Array("anyOf") is { } any && !any.OfType<JsonObject>().Any(Holds))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must validate at least one schema (anyOf)");
        }

        if (schema.Source.Array("oneOf") is { } one && one.OfType<JsonObject>().Count(Holds) != 1)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must validate one and only one schema (oneOf)");
        }

        if (schema.Source.Object("not") is { } not && Holds(not))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must not validate the schema (not)");
        }

        bool Holds(JsonObject part) => !Validate(StructuralSchema.Parse(part), value, path).Any();
    }

    private static FieldError? TypeError(StructuralSchema schema, JsonNode? value, string path)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (schema.IsIntOrString)
        {
            return kind == JsonValueKind.String || (kind == JsonValueKind.Number && IsInteger(value!)) ? null : Wrong("integer,string");
        }

        var fits = schema.Type switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "number" => kind == JsonValueKind.Number,
            "integer" => kind == JsonValueKind.Number && IsInteger(value!),
            _ => true,
        };
        return fits ? null : Wrong(schema.Type);

        FieldError Wrong(string wanted) =>
            FieldError.TypeInvalid(path, Shown(kind, value), $"{path} in body must be of type {wanted}: \"{Name(kind, value)}\"");
    }

    private static JsonValue? Shown(JsonValueKind kind, JsonNode? value) => JsonValue.Create(Name(kind, value));

    private static string Name(JsonValueKind kind, JsonNode? value) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsInteger(value!) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static bool IsInteger(JsonNode value) =>
        decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number);
}
