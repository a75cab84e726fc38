using System.Collections.Immutable;

namespace Wego.Jq;

/// <summary>Arithmetic and its namesakes on other kinds of values.</summary>
internal static class Operators
{
    public static JqValue Add(JqValue left, JqValue right, Run run)
    {
        switch (left.Kind, right.Kind)
        {
            case (JqKind.Null, _):
                return right;
            case (_, JqKind.Null):
                return left;
            case (JqKind.Number, JqKind.Number):
                return JqValue.Of(left.Number + right.Number);
            case (JqKind.String, JqKind.String):
                run.ChargeText((long)left.Text.Length + right.Text.Length);
                return JqValue.Of(left.Text + right.Text);
            case (JqKind.Array, JqKind.Array):
                run.Charge((long)left.Items.Length + right.Items.Length);
                return JqValue.Of(left.Items.AddRange(right.Items));
            case (JqKind.Object, JqKind.Object):
                run.Charge((long)left.Members.Count + right.Members.Count);
                return JqValue.Of(left.Members.SetItems(right.Members));
            default:
                throw Kinds.Wrong("addition", left, right);
        }
    }

    public static JqValue Subtract(JqValue left, JqValue right, Run run) => (left.Kind, right.Kind) switch
    {
        (JqKind.Number, JqKind.Number) => JqValue.Of(left.Number - right.Number),
        (JqKind.Array, JqKind.Array) => JqValue.Of([.. left.Items.Where(i => !right.Items.Any(r => ValueOrder.Compare(i, r, run) == 0))]),
        _ => throw Kinds.Wrong("subtraction", left, right),
    };

    public static JqValue Multiply(JqValue left, JqValue right, Run run) => (left.Kind, right.Kind) switch
    {
        (JqKind.Number, JqKind.Number) => JqValue.Of(left.Number * right.Number),
        (JqKind.String, JqKind.Number) => Repeat(left.Text, right.Number, run),
        (JqKind.Number, JqKind.String) => Repeat(right.Text, left.Number, run),
        (JqKind.Object, JqKind.Object) => run.Nested(JqValue.Of(Merge(left, right, run))),
        _ => throw Kinds.Wrong("multiplication", left, right),
    };

    public static JqValue Divide(JqValue left, JqValue right, Run run) => (left.Kind, right.Kind) switch
    {
        (JqKind.Number, JqKind.Number) when right.Number == 0 => throw new JqRuntimeException($"{Kinds.Describe(left)} cannot be divided by zero"),
        (JqKind.Number, JqKind.Number) => JqValue.Of(left.Number / right.Number),
        (JqKind.String, JqKind.String) => Split(left.Text, right.Text, run),
        _ => throw Kinds.Wrong("division", left, right),
    };

    public static JqValue Modulo(JqValue left, JqValue right, Run run)
    {
        if (left.Kind != JqKind.Number || right.Kind != JqKind.Number)
        {
            throw Kinds.Wrong("modulo", left, right);
        }

        if (double.IsNaN(left.Number) || double.IsNaN(right.Number))
        {
            return JqValue.Of(double.IsNaN(right.Number) ? double.NaN : 0);
        }

        // Both sides are cut to whole numbers; the sign is that of the left one.
        var (dividend, divisor) = (Math.Truncate(left.Number), Math.Abs(Math.Truncate(right.Number)));
        return divisor == 0
            ? throw new JqRuntimeException($"{Kinds.Describe(left)} cannot be divided by zero")
            : JqValue.Of(double.IsInfinity(dividend) ? 0 : dividend % divisor);
    }

    /// <summary>The parts between separators; the characters where the separator is empty.</summary>
    public static JqValue Split(string text, string separator, Run run)
    {
        run.Charge(text.Length);
        var parts = separator.Length == 0 ? CodePoints.Split(text) : text.Split(separator);
        return JqValue.Of([.. parts.Select(JqValue.Of)]);
    }

    private static JqValue Repeat(string text, double times, Run run)
    {
        if (!(times > 0))
        {
            return JqValue.Null;
        }

        var count = Math.Max(1, Math.Truncate(times));
        run.ChargeText((long)Math.Min(text.Length * count, long.MaxValue / 2));
        return JqValue.Of(text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text, (int)count)));
    }

    private static ImmutableSortedDictionary<string, JqValue> Merge(JqValue left, JqValue right, Run run)
    {
        run.Charge((long)left.Members.Count + right.Members.Count);
        var merged = left.Members;
        foreach (var (key, value) in right.Members)
        {
            merged = merged.SetItem(
                key,
                value.Kind == JqKind.Object && merged.TryGetValue(key, out var old) && old.Kind == JqKind.Object ? JqValue.Of(Merge(old, value, run)) : value);
        }

        return merged;
    }
}
