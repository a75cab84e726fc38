using System.Collections.Immutable;

namespace Wego.Jq;

/// <summary>Reads parts of values.</summary>
internal static class Access
{
    /// <summary>The value under a key or at a position; null where there is none.</summary>
    public static JqValue Index(JqValue value, JqValue key, Run run) => (value.Kind, key.Kind) switch
    {
        (JqKind.Null, JqKind.Null or JqKind.Number or JqKind.String) => JqValue.Null,
        (JqKind.Object, JqKind.String) => value.Members.GetValueOrDefault(key.Text, JqValue.Null),
        (JqKind.Array, JqKind.Number) => At(value.Items, key.Number),
        (JqKind.Array, JqKind.Array) => JqValue.Of([.. Search.Positions(value, key, run).Select(p => JqValue.Of(p))]),
        (JqKind.String, JqKind.Number) => Character(value.Text, key.Number, run),
        (_, JqKind.Object) => Slice(value, key.Members.GetValueOrDefault("start", JqValue.Null), key.Members.GetValueOrDefault("end", JqValue.Null), run),
        _ => throw new JqRuntimeException($"{Kinds.Describe(value)} has nothing under {Kinds.Describe(key)}"),
    };

    /// <summary>The part of an array or string from one position to before another; negative ones count from the end.</summary>
    public static JqValue Slice(JqValue value, JqValue from, JqValue to, Run run)
    {
        if (value.Kind is not (JqKind.Null or JqKind.Array or JqKind.String))
        {
            throw new JqRuntimeException($"{Kinds.Describe(value)} cannot be sliced");
        }

        if (value.Kind == JqKind.Null)
        {
            return JqValue.Null;
        }

        var length = value.Kind == JqKind.Array ? value.Items.Length : CodePoints.Count(value.Text);
        var start = Bound(from, 0, length, Math.Floor);
        var end = Math.Max(start, Bound(to, length, length, Math.Ceiling));
        run.Charge(end - start);
        return value.Kind == JqKind.Array ? JqValue.Of(value.Items[start..end]) : JqValue.Of(CodePoints.Slice(value.Text, start, end));
    }

    /// <summary>The items of an array, or the values of an object.</summary>
    public static IEnumerable<JqValue> Items(JqValue value) => value.Kind switch
    {
        JqKind.Array => value.Items,
        JqKind.Object => value.Members.Values,
        _ => throw new JqRuntimeException($"{Kinds.Describe(value)} has no items to iterate over"),
    };

    private static JqValue At(ImmutableArray<JqValue> items, double position)
    {
        var floor = Math.Floor(position);
        var index = floor < 0 ? floor + items.Length : floor;
        return index >= 0 && index < items.Length ? items[(int)index] : JqValue.Null;
    }

    private static JqValue Character(string text, double position, Run run)
    {
        run.ChargeText(text.Length);
        var length = CodePoints.Count(text);
        var floor = Math.Floor(position);
        var index = floor < 0 ? floor + length : floor;
        return index >= 0 && index < length ? JqValue.Of(CodePoints.Slice(text, (int)index, (int)index + 1)) : JqValue.Null;
    }

    private static int Bound(JqValue bound, int missing, int length, Func<double, double> round)
    {
        if (bound.Kind == JqKind.Null)
        {
            return missing;
        }

        var number = bound.Kind == JqKind.Number ? round(bound.Number) : throw new JqRuntimeException($"the bounds of a slice are numbers, not {Kinds.Describe(bound)}");
        return double.IsNaN(number) ? missing : (int)Math.Clamp(number < 0 ? number + length : number, 0, length);
    }
}
