using System.Text;

namespace Wego.Jq;

/// <summary>Functions of strings.</summary>
internal static class TextBuiltins
{
    public static void AddTo(BuiltinTable table)
    {
        table.Add("startswith", (v, a, _) => Both("startswith", v, a, (text, part) => text.StartsWith(part, StringComparison.Ordinal)));
        table.Add("endswith", (v, a, _) => Both("endswith", v, a, (text, part) => text.EndsWith(part, StringComparison.Ordinal)));
        // Anything that is no string, or does not begin or end so, stays as it is.
        table.Add("ltrimstr", (v, a, _) => a.Kind == JqKind.String && v.Kind == JqKind.String && v.Text.StartsWith(a.Text, StringComparison.Ordinal) ? JqValue.Of(v.Text[a.Text.Length..]) : v);
        table.Add("rtrimstr", (v, a, _) => a.Kind == JqKind.String && v.Kind == JqKind.String && v.Text.EndsWith(a.Text, StringComparison.Ordinal) ? JqValue.Of(v.Text[..^a.Text.Length]) : v);
        table.Add("trim", (v, run) => Map("trim", v, run, t => t.Trim()));
        table.Add("ltrim", (v, run) => Map("ltrim", v, run, t => t.TrimStart()));
        table.Add("rtrim", (v, run) => Map("rtrim", v, run, t => t.TrimEnd()));
        table.Add("ascii_downcase", (v, run) => Map("ascii_downcase", v, run, t => string.Concat(t.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c))));
        table.Add("ascii_upcase", (v, run) => Map("ascii_upcase", v, run, t => string.Concat(t.Select(c => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c))));
        table.Add("split", (v, a, run) => v.Kind == JqKind.String && a.Kind == JqKind.String ? Operators.Split(v.Text, a.Text, run) : throw Kinds.Wrong("split", v, a));
        table.Add("join", Join);
        table.Add("explode", Explode);
        table.Add("implode", Implode);
    }

    private static JqValue Both(string name, JqValue value, JqValue argument, Func<string, string, bool> test) =>
        value.Kind == JqKind.String && argument.Kind == JqKind.String ? JqValue.Of(test(value.Text, argument.Text)) : throw Kinds.Wrong(name, value, argument);

    private static JqValue Map(string name, JqValue value, Run run, Func<string, string> change)
    {
        run.ChargeText(value.Text.Length);
        return value.Kind == JqKind.String ? JqValue.Of(change(value.Text)) : throw Kinds.Wrong(name, value);
    }

    // null counts as the empty string; numbers and booleans are written out.
    private static JqValue Join(JqValue value, JqValue separator, Run run)
    {
        var items = Access.Items(value).ToArray();
        if (items.Length == 0)
        {
            return JqValue.Of("");
        }

        if (separator.Kind != JqKind.String)
        {
            throw Kinds.Wrong("join", separator);
        }

        run.ChargeText(items.Sum(i => (long)i.Text.Length + separator.Text.Length));
        return JqValue.Of(string.Join(separator.Text, items.Select(item => item.Kind switch
        {
            JqKind.Null => "",
            JqKind.String => item.Text,
            JqKind.Number or JqKind.Boolean => item.ToString(),
            _ => throw Kinds.Wrong("join", item),
        })));
    }

    private static JqValue Explode(JqValue value, Run run)
    {
        run.Charge(value.Text.Length);
        return value.Kind == JqKind.String ? JqValue.Of([.. value.Text.EnumerateRunes().Select(r => JqValue.Of(r.Value))]) : throw Kinds.Wrong("explode", value);
    }

    private static JqValue Implode(JqValue value, Run run)
    {
        var items = value.Kind == JqKind.Array ? value.Items : throw Kinds.Wrong("implode", value);
        run.Charge(items.Length);
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(item.Kind == JqKind.Number && item.Number is >= 0 and <= 0x10FFFF && Rune.TryCreate((int)item.Number, out var rune) ? rune.ToString() : throw Kinds.Wrong("implode", item));
        }

        return JqValue.Of(text.ToString());
    }
}
