using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Selectors;

/// <summary>A label selector: every requirement must hold.</summary>
internal sealed class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    public static LabelSelector Everything { get; } = new([]);

    public bool IsEmpty => requirements.Count == 0;

    public bool Matches(JsonElement labels)
    {
        foreach (var requirement in requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Parses the text form, for example <c>app=web,tier in (a, b),!legacy</c>.</summary>
    /// <exception cref="ApiException">400: the text is no selector.</exception>
    public static LabelSelector Parse(string text)
    {
        var requirements = new List<LabelRequirement>();
        foreach (var term in SplitTerms(text))
        {
            requirements.Add(ParseTerm(term, text));
        }

        return new LabelSelector(requirements);
    }

    /// <summary>Reads the object form: <c>matchLabels</c> and <c>matchExpressions</c>. A null object selects nothing.</summary>
    public static LabelSelector FromObject(JsonObject? selector)
    {
        var requirements = new List<LabelRequirement>();
        foreach (var (key, value) in selector.Object("matchLabels") ?? [])
        {
            requirements.Add(new LabelRequirement(key, LabelOperator.In, Set(value.AsText() ?? "")));
        }

        foreach (var expression in selector.Array("matchExpressions") ?? [])
        {
            var kind = expression.Text("operator") switch
            {
                "In" => LabelOperator.In,
                "NotIn" => LabelOperator.NotIn,
                "Exists" => LabelOperator.Exists,
                _ => LabelOperator.DoesNotExist,
            };
            requirements.Add(new LabelRequirement(expression.Text("key") ?? "", kind, expression.Strings("values").ToHashSet(StringComparer.Ordinal)));
        }

        return new LabelSelector(requirements);
    }

    private static LabelRequirement ParseTerm(string term, string whole)
    {
        if (term.StartsWith('!'))
        {
            return new LabelRequirement(Key(term[1..], whole), LabelOperator.DoesNotExist, Set());
        }

        var open = term.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            var head = term[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (head is not [var key, "in" or "notin"] || !term.EndsWith(')'))
            {
                throw Unparsable(whole, $"found '{term}', expected: in, notin, =, ==, !=, gt, lt");
            }

            var values = term[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            return new LabelRequirement(Key(key, whole), head[1] == "in" ? LabelOperator.In : LabelOperator.NotIn, Set(values));
        }

        foreach (var (symbol, kind) in new[] { ("!=", LabelOperator.NotIn), ("==", LabelOperator.In), ("=", LabelOperator.In), (">", LabelOperator.GreaterThan), ("<", LabelOperator.LessThan) })
        {
            var at = term.IndexOf(symbol, StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var value = term[(at + symbol.Length)..].Trim();
            if (kind is LabelOperator.GreaterThan or LabelOperator.LessThan && !long.TryParse(value, out _))
            {
                throw Unparsable(whole, $"for 'Gt', 'Lt' operators, the value must be an integer, found '{value}'");
            }

            if (value.AsSpan().IndexOfAny("=!<> ") >= 0)
            {
                throw Unparsable(whole, $"found '{value}', expected: ',' or end of string");
            }

            return new LabelRequirement(Key(term[..at].Trim(), whole), kind, Set(value));
        }

        return new LabelRequirement(Key(term, whole), LabelOperator.Exists, Set());
    }

    private static string Key(string key, string whole)
    {
        key = key.Trim();
        return key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? key
            : throw Unparsable(whole, $"found '{key}', expected: !, identifier, or 'end of string'");
    }

    private static IEnumerable<string> SplitTerms(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                var term = text[start..i].Trim();
                if (term.Length > 0)
                {
                    yield return term;
                }
                else if (i < text.Length)
                {
                    throw Unparsable(text, "found ',', expected: !, identifier, or 'end of string'");
                }

                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    private static HashSet<string> Set(params string[] values) => values.ToHashSet(StringComparer.Ordinal);

    private static ApiException Unparsable(string text, string why) =>
        ApiErrors.BadRequest($"unable to parse requirement: {why} (labelSelector \"{text}\")");
}
