using System.Text;
using System.Text.RegularExpressions;

namespace Wego.Jq;

/// <summary>Functions with regular expressions.</summary>
internal static class RegexBuiltins
{
    public static void AddTo(BuiltinTable table)
    {
        Add("test", (text, expression, _, run) => [JqValue.Of(expression.IsMatch(text, run))]);
        Add("match", (text, expression, all, run) => expression.Matches(text, all, run).Select(m => Describe(text, m, expression)));
        Add("capture", (text, expression, all, run) => expression.Matches(text, all, run).Select(m => Captured(m, expression)));
        Add("scan", (text, expression, _, run) => expression.Matches(text, true, run).Select(m => Scanned(m, expression)));
        Replace("sub", all: false);
        Replace("gsub", all: true);
        table.Add("split", (v, pattern, flags, run) => JqValue.Of([.. Split(TextOf("split", v), Expression("split", pattern, flags, run), run).Select(JqValue.Of)]));

        void Add(string name, Func<string, RegularExpression, bool, Run, IEnumerable<JqValue>> function)
        {
            table.Add(name, 1, (run, input, arguments) => arguments[0].Evaluate(run, input).SelectMany(a => Apply(input, a, JqValue.Null, run)));
            table.Add(name, 2, (run, input, arguments) =>
                arguments[1].Evaluate(run, input).SelectMany(f => arguments[0].Evaluate(run, input).SelectMany(a => Apply(input, a, f, run))));

            // The expression and its flags may come as an array.
            IEnumerable<JqValue> Apply(JqValue input, JqValue pattern, JqValue flags, Run run) => pattern.Kind == JqKind.Array && flags.Kind == JqKind.Null
                ? Apply(input, Access.Index(pattern, JqValue.Of(0), run), Access.Index(pattern, JqValue.Of(1), run), run)
                : function(TextOf(name, input), Expression(name, pattern, flags, run), flags.Text.Contains('g', StringComparison.Ordinal), run);
        }

        void Replace(string name, bool all)
        {
            table.Add(name, 2, (run, input, arguments) =>
                arguments[0].Evaluate(run, input).SelectMany(a => Substitute(name, input, a, JqValue.Null, arguments[1], all, run)));
            table.Add(name, 3, (run, input, arguments) => arguments[2].Evaluate(run, input).SelectMany(f =>
                arguments[0].Evaluate(run, input).SelectMany(a => Substitute(name, input, a, f, arguments[1], all || f.Text.Contains('g', StringComparison.Ordinal), run))));
        }
    }

    private static string TextOf(string name, JqValue value) => value.Kind == JqKind.String ? value.Text : throw Kinds.Wrong(name, value);

    private static RegularExpression Expression(string name, JqValue pattern, JqValue flags, Run run) =>
        pattern.Kind == JqKind.String && flags.Kind is JqKind.String or JqKind.Null
            ? RegularExpression.Get(pattern.Text, flags.Text, run)
            : throw Kinds.Wrong(name, pattern, flags);

    private static JqValue Describe(string text, Match match, RegularExpression expression) => JqValue.Of(CodePoints.EmptyMembers
        .Add("offset", JqValue.Of(CodePoints.Count(text.AsSpan(0, match.Index))))
        .Add("length", JqValue.Of(CodePoints.Count(match.ValueSpan)))
        .Add("string", JqValue.Of(match.Value))
        .Add("captures", JqValue.Of([.. expression.Groups(match).Select(g => JqValue.Of(CodePoints.EmptyMembers
            .Add("name", g.Name is null ? JqValue.Null : JqValue.Of(g.Name))
            .Add("offset", JqValue.Of(g.Group.Success ? CodePoints.Count(text.AsSpan(0, g.Group.Index)) : -1))
            .Add("length", JqValue.Of(CodePoints.Count(g.Group.ValueSpan)))
            .Add("string", TextOf(g.Group))))])));

    private static JqValue Captured(Match match, RegularExpression expression) =>
        JqValue.Of(CodePoints.EmptyMembers.SetItems(expression.Groups(match).Where(g => g.Name is not null).Select(g => KeyValuePair.Create(g.Name!, TextOf(g.Group)))));

    private static JqValue Scanned(Match match, RegularExpression expression) => expression.Groups(match).Any()
        ? JqValue.Of([.. expression.Groups(match).Select(g => TextOf(g.Group))])
        : JqValue.Of(match.Value);

    private static JqValue TextOf(Group group) => group.Success ? JqValue.Of(group.Value) : JqValue.Null;

    private static IEnumerable<string> Split(string text, RegularExpression expression, Run run)
    {
        var from = 0;
        foreach (var match in expression.Matches(text, true, run))
        {
            yield return text[from..match.Index];
            from = match.Index + match.Length;
        }

        yield return text[from..];
    }

    // Where the replacement yields several strings there are as many results.
    private static IEnumerable<JqValue> Substitute(string name, JqValue input, JqValue pattern, JqValue flags, Closure replacement, bool all, Run run)
    {
        var text = TextOf(name, input);
        var expression = Expression(name, pattern, flags, run);
        IEnumerable<(StringBuilder Text, int From)> results = [(new StringBuilder(), 0)];
        foreach (var match in expression.Matches(text, all, run).ToArray())
        {
            results = [.. results.SelectMany(result => replacement.Evaluate(run, Captured(match, expression)).Select(r =>
            {
                var word = TextOf(name, r);
                run.ChargeText(result.Text.Length + match.Index - result.From + word.Length);
                return (new StringBuilder().Append(result.Text).Append(text, result.From, match.Index - result.From).Append(word), match.Index + match.Length);
            }))];
        }

        return results.Select(r => JqValue.Of(r.Text.Append(text, r.From, text.Length - r.From).ToString()));
    }
}
